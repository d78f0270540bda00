package io.e5spark.report;

import java.util.function.Supplier;

/** Whether a run has begun its work; a failure after that is not a rejection. */
public final class Work {
  private volatile boolean begun;

  /** Marks the beginning of the work. */
  public void begin() {
    begun = true;
  }

  /**
   * Runs all of it.
   *
   * @throws FailedWork for a failure that would look like a {@link Refusal}, although the work had
   *     begun
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
