package io.e5spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.embed.Counter;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskContext$;
import org.apache.spark.TaskContextImpl;
import org.apache.spark.TaskKilledException;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TestMetricsListener {
  private final SQLMetric texts = new SQLMetric("sum", 0);
  private final SQLMetric tokens = new SQLMetric("sum", 0);
  private final MetricsListener listener =
      new MetricsListener(Map.of(Counter.TEXTS, texts, Counter.TOKENS, tokens));

  @AfterEach
  void leaveTask() {
    TaskContext$.MODULE$.unset();
  }

  @Test
  void amountsAreAddedToTheMetricOfTheirCounter() {
    listener.count(Counter.TEXTS, 2);
    listener.count(Counter.TEXTS, 3);
    listener.count(Counter.TOKENS, 40);
    assertThat(texts.value()).isEqualTo(5L);
    assertThat(tokens.value()).isEqualTo(40L);
  }

  @Test
  void processCountsThemToo() {
    long before = ProcessCounters.sum(Counter.TEXTS);
    listener.count(Counter.TEXTS, 2);
    assertThat(ProcessCounters.sum(Counter.TEXTS)).isEqualTo(before + 2);
  }

  @Test
  void counterWithoutMetricIsAnErrorAndCountedNowhere() {
    long before = ProcessCounters.sum(Counter.PADDING);
    assertThatThrownBy(() -> listener.count(Counter.PADDING, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("No metric for PADDING");
    assertThat(ProcessCounters.sum(Counter.PADDING)).isEqualTo(before);
  }

  @Test
  void outsideOfTasksNothingIsCancelled() {
    assertThatCode(listener::beforeBatch).doesNotThrowAnyException();
  }

  @Test
  void cancelledTaskStopsBeforeItsNextBatch() {
    TaskContextImpl task = TaskContext$.MODULE$.empty();
    TaskContext$.MODULE$.setTaskContext(task);
    assertThat(TaskContext.get()).isSameAs(task);
    assertThatCode(listener::beforeBatch).doesNotThrowAnyException();
    task.markInterrupted("cancelled on purpose");
    assertThatThrownBy(listener::beforeBatch)
        .isInstanceOf(TaskKilledException.class)
        .extracting(error -> ((TaskKilledException) error).reason())
        .isEqualTo("cancelled on purpose");
  }
}
