package io.e5spark.report;

import java.util.function.Supplier;

/** Whether a run has begun what it was asked for: what fails from then on is no refusal. */
public final class Work {
  private volatile boolean begun;

  /** From now on the run does more than check what it was given. */
  public void begin() {
    begun = true;
  }

  /**
   * Does all of a run.
   *
   * @throws FailedWork for what would be a {@link Refusal}, had the work not begun
   */
  public <T> T run(Supplier<T> all) {
    try {
      return all.get();
    } catch (Exception e) {
      // Scala throws checked exceptions that no signature names.
      if (begun && Refusal.is(e)) {
        throw new FailedWork(e);
      }
      throw e;
    }
  }
}
