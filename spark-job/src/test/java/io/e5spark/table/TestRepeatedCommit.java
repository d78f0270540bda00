package io.e5spark.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.exceptions.ConcurrentAppendException;
import org.junit.jupiter.api.Test;

class TestRepeatedCommit {
  private int attempts;

  /** Fails the first attempts, as Delta does when another job committed in between. */
  private Runnable failing(int times) {
    return () -> {
      if (++attempts <= times) {
        throw new ConcurrentAppendException("files were added");
      }
    };
  }

  @Test
  void commitIsRepeatedAfterThoseOfOthers() {
    assertThatCode(() -> RepeatedCommit.run("index table t", failing(2)))
        .doesNotThrowAnyException();
    assertThat(attempts).isEqualTo(3);
  }

  @Test
  void commitEndsAfterThreeAttempts() {
    assertThatThrownBy(() -> RepeatedCommit.run("index table t", failing(3)))
        .isInstanceOf(IllegalStateException.class)
        .hasCauseInstanceOf(ConcurrentAppendException.class)
        .hasMessageStartingWith(
            "Cannot index table t: other jobs committed to it during each of 3 attempts (run the same command again;");
    assertThat(attempts).isEqualTo(3);
  }

  @Test
  void otherFailuresEndItAtOnce() {
    Runnable commit =
        () -> {
          attempts++;
          throw new IllegalArgumentException("no such column");
        };
    assertThatThrownBy(() -> RepeatedCommit.run("index table t", commit))
        .hasMessage("no such column");
    assertThat(attempts).isOne();
  }
}
