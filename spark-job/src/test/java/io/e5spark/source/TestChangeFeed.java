package io.e5spark.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

/** Tests that {@link ChangeFeed} distinguishes a missing feed from a read that was ended. */
class TestChangeFeed {
  @Test
  void filesThatAreGoneAreMissing() {
    SparkException failed = new SparkException("Job aborted", new FileNotFoundException("cdc"));
    assertThat(ChangeFeed.isMissing(failed)).isTrue();
  }

  @Test
  void endedReadsSayNothingOfTheFeed() {
    assertThat(ChangeFeed.isMissing(new InterruptedException())).isFalse();
    assertThat(ChangeFeed.isMissing(new SparkException("Job 3 cancelled part of job group x")))
        .isFalse();
    assertThat(ChangeFeed.isMissing(new SparkException("Job aborted", new InterruptedException())))
        .isFalse();
    assertThat(ChangeFeed.isMissing(new OutOfMemoryError())).isFalse();
  }
}
