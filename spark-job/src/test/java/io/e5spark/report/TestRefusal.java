package io.e5spark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/**
 * Tests {@link Refusal}, {@link Work} and {@link FailedWork}, which decide whether an argument
 * caused a failure.
 */
class TestRefusal {
  private static StackTraceElement in(String type) {
    return new StackTraceElement(type, "run", null, 1);
  }

  private static IllegalArgumentException thrownIn(String... innermostFirst) {
    IllegalArgumentException failure = new IllegalArgumentException("Cannot do it");
    StackTraceElement[] trace = new StackTraceElement[innermostFirst.length];
    for (int i = 0; i < trace.length; i++) {
      trace[i] = in(innermostFirst[i]);
    }
    failure.setStackTrace(trace);
    return failure;
  }

  @Test
  void checksRefuse() {
    assertThat(Refusal.is(new IllegalArgumentException("Invalid k: 0"))).isTrue();
    assertThat(Refusal.is(thrownIn("org.apache.hadoop.fs.Path", "io.e5spark.job.Main"))).isTrue();
    assertThat(Refusal.is(new IllegalStateException("Cannot go on"))).isFalse();
  }

  @Test
  void whatARunningQueryThrowsIsNoRefusal() {
    String query = "org.apache.spark.sql.execution.SQLExecution$";
    assertThat(Refusal.is(thrownIn("java.util.Spliterator", query, "io.e5spark.job.SqlCommand")))
        .isFalse();
    assertThat(
            Refusal.is(thrownIn("org.apache.spark.scheduler.DAGScheduler", "io.e5spark.job.Main")))
        .isFalse();
    assertThat(Refusal.is(thrownIn("io.e5spark.embed.X", "org.apache.spark.scheduler.Task")))
        .as("on an executor")
        .isFalse();
  }

  @Test
  void ourChecksInsideAStreamsBatchRefuse() {
    String query = "org.apache.spark.sql.execution.SQLExecution$";
    assertThat(Refusal.is(thrownIn("io.e5spark.ingest.MergeInput", query))).isTrue();
  }

  @Test
  void workThatHasBegunIsNotRefused() {
    IllegalArgumentException failure = new IllegalArgumentException("Cannot add: it is gone");
    Work work = new Work();
    assertThatThrownBy(() -> work.run(() -> fail(failure))).isSameAs(failure);
    work.begin();
    assertThatThrownBy(() -> work.run(() -> fail(failure)))
        .isInstanceOf(FailedWork.class)
        .hasMessage("Cannot add: it is gone")
        .hasCause(failure)
        .satisfies(wrapped -> assertThat(Refusal.is(wrapped)).isFalse());
    IllegalStateException other = new IllegalStateException();
    assertThatThrownBy(() -> work.run(() -> fail(other))).isSameAs(other);
  }

  private static Object fail(RuntimeException failure) {
    throw failure;
  }
}
