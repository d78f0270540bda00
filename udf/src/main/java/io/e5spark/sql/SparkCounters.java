package io.e5spark.sql;

import io.e5spark.embed.Counter;
import io.e5spark.embed.EmbeddingListener;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.util.LongAccumulator;

/**
 * Counts in Spark's accumulators: tasks add, the driver reads. They are named {@code e5.rows},
 * {@code e5.tokens} and so on, one for each {@link Counter}.
 */
public final class SparkCounters implements EmbeddingListener, Serializable {
  private final Map<Counter, LongAccumulator> accumulators = new EnumMap<>(Counter.class);

  /** New counters, all zero. */
  public SparkCounters(SparkContext context) {
    for (Counter counter : Counter.values()) {
      accumulators.put(counter, context.longAccumulator(name(counter)));
    }
  }

  /** The accumulator's name. */
  public static String name(Counter counter) {
    return "e5." + counter.name().toLowerCase(Locale.ROOT);
  }

  /** The sum over all tasks that have ended. */
  public long value(Counter counter) {
    return accumulator(counter).sum();
  }

  @Override
  public void count(Counter counter, long amount) {
    accumulator(counter).add(amount);
  }

  @Override
  public void beforeBatch() {
    TaskContext task = TaskContext.get();
    if (task != null) {
      task.killTaskIfInterrupted();
    }
  }

  private LongAccumulator accumulator(Counter counter) {
    LongAccumulator accumulator = accumulators.get(counter);
    if (accumulator == null) {
      throw new IllegalStateException("No accumulator for " + counter);
    }
    return accumulator;
  }
}
