package io.e5spark.table;

import io.delta.exceptions.DeltaConcurrentModificationException;
import java.util.Locale;

/**
 * A commit that is tried again if another job commits in between, because doing it twice changes
 * nothing.
 */
final class RepeatedCommit {
  private static final int ATTEMPTS = 3;

  private RepeatedCommit() {}

  /**
   * Commits.
   *
   * @param what what the commit does, as messages say it
   * @throws IllegalStateException if commits of other jobs keep coming in between
   */
  static void run(String what, Runnable commit) {
    for (int attempt = 1; ; attempt++) {
      try {
        commit.run();
        return;
      } catch (DeltaConcurrentModificationException e) {
        if (attempt == ATTEMPTS) {
          throw new IllegalStateException(
              String.format(
                  Locale.ROOT,
                  "Cannot %s: other jobs committed to it during each of %d attempts (run the same command again; it keeps what is already done)",
                  what,
                  ATTEMPTS),
              e);
        }
      }
    }
  }
}
