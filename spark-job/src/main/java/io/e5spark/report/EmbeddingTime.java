package io.e5spark.report;

import io.e5spark.config.LoadingSettings;
import io.e5spark.config.ModelThread;
import io.e5spark.embed.Counter;
import java.util.OptionalDouble;
import org.apache.spark.SparkConf;

/**
 * The time that a cluster needs for what the tasks of a run embedded, in seconds.
 *
 * @param tokenizing the time of all tasks in the tokenizer
 * @param model the time of all calls of the model
 * @param wall the wall time of the stages that embedded
 * @param cores the number of tasks that run at the same time
 * @param sessions the number of sessions that make one call at a time for all tasks; 0 if each task
 *     calls the model itself
 */
public record EmbeddingTime(double tokenizing, double model, double wall, int cores, int sessions) {
  private static final double NANOSECONDS = 1e9;

  /** The time of a run with these settings so far. */
  public static EmbeddingTime of(
      TaskCounters counters, LoadingSettings settings, SparkConf configuration) {
    boolean onGpus = counters.count(Counter.GPU_WINDOWS) > 0;
    String gpus = configuration.get("spark.executor.resource.gpu.amount", "1");
    int each = onGpus ? Integer.parseInt(gpus) : 1;
    boolean isSerial = onGpus || settings.deviceThread() == ModelThread.DEDICATED;
    return new EmbeddingTime(
        counters.count(Counter.TOKENIZING) / NANOSECONDS,
        counters.count(Counter.MODEL) / NANOSECONDS,
        counters.embeddingSeconds(),
        counters.cores(),
        isSerial ? counters.executors() * each : 0);
  }

  /** The part of this time since an earlier one of the same run. */
  public EmbeddingTime since(EmbeddingTime earlier) {
    return new EmbeddingTime(
        tokenizing - earlier.tokenizing,
        model - earlier.model,
        wall - earlier.wall,
        cores,
        sessions);
  }

  /** The seconds, as if the work were spread evenly over the cluster. */
  public double seconds() {
    return sessions == 0
        ? (model + tokenizing) / cores
        : Math.max(model / sessions, tokenizing / cores);
  }

  /** How much of the wall time such sessions worked, in percent; empty if there are none. */
  public OptionalDouble busyPercent() {
    return sessions == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(100 * model / (wall * sessions));
  }
}
