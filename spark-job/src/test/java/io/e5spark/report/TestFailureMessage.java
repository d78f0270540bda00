package io.e5spark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class TestFailureMessage {
  @Test
  void causeThatExplainsIsTold() {
    Exception detail = new IllegalStateException("too large");
    Exception ours = new IllegalStateException("Cannot embed id=7:\n  no memory", detail);
    Exception failure = new RuntimeException("Job aborted", new RuntimeException("Task", ours));
    assertThat(FailureMessage.of(failure)).isEqualTo("Cannot embed id=7: no memory");
    assertThat(FailureMessage.of(new FailedWork(new ExecutionException(failure))))
        .isEqualTo("Cannot embed id=7: no memory");
  }

  @Test
  void innermostCauseIsToldWhereNoneExplains() {
    Exception failure = new RuntimeException("Job aborted", new RuntimeException("disk is gone"));
    assertThat(FailureMessage.of(failure)).isEqualTo("disk is gone");
    assertThat(FailureMessage.of(new RuntimeException(new NullPointerException())))
        .isEqualTo("java.lang.NullPointerException");
  }

  @Test
  void whatRaiseErrorWasGivenIsToldAlone() {
    String raised = "[USER_RAISED_EXCEPTION] Cannot use x SQLSTATE: P0001\n== SQL ==";
    assertThat(FailureMessage.of(new RuntimeException(raised))).isEqualTo("Cannot use x");
  }

  @Test
  void errorsNameAWayOut() {
    assertThat(FailureMessage.of(new OutOfMemoryError("Java heap space")))
        .startsWith("Cannot continue without more memory: Java heap space (raise E5_MEMORY");
    assertThat(FailureMessage.of(new RuntimeException("System memory 9 must be at least 10")))
        .startsWith("Cannot start Spark: System memory 9 must be at least 10 (raise E5_MEMORY");
    assertThat(FailureMessage.of(new RuntimeException(new IOException("No space left on device"))))
        .startsWith("Cannot write a file: No space left on device (free space");
  }
}
