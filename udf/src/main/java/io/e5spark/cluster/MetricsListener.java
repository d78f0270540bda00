package io.e5spark.cluster;

import io.e5spark.embed.Counter;
import io.e5spark.embed.EmbeddingListener;
import java.io.Serializable;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.execution.metric.SQLMetric;

/**
 * Counts in the metrics of a plan node, and stops a cancelled task before its next batch.
 *
 * @param metrics one metric for each counter
 */
public record MetricsListener(Map<Counter, SQLMetric> metrics)
    implements EmbeddingListener, Serializable {
  @Override
  public void count(Counter counter, long amount) {
    SQLMetric metric = metrics.get(counter);
    if (metric == null) {
      throw new IllegalStateException("No metric for " + counter);
    }
    metric.add(amount);
    ProcessCounters.add(counter, amount);
  }

  @Override
  public void beforeBatch() {
    TaskContext task = TaskContext.get();
    if (task != null) {
      task.killTaskIfInterrupted();
    }
  }
}
