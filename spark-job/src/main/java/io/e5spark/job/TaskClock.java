package io.e5spark.job;

import io.e5spark.embed.Counter;
import io.e5spark.sql.SparkCounters;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import scala.Tuple4;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Follows the tasks while they run: what they have counted so far, and the time they took. */
final class TaskClock extends SparkListener implements AutoCloseable {
  private static final Map<String, Counter> BY_NAME =
      Arrays.stream(Counter.values())
          .collect(Collectors.toMap(SparkCounters::name, Function.identity()));

  private final SparkContext context;
  private final SparkCounters counters;
  private final Map<Long, Map<Counter, Long>> running = new ConcurrentHashMap<>();
  private final AtomicLong taskMilliseconds = new AtomicLong();

  private TaskClock(SparkContext context, SparkCounters counters) {
    this.context = context;
    this.counters = counters;
  }

  /** Follows all tasks of the context from now on. */
  static TaskClock start(SparkContext context, SparkCounters counters) {
    TaskClock clock = new TaskClock(context, counters);
    context.addSparkListener(clock);
    return clock;
  }

  SparkCounters counters() {
    return counters;
  }

  /** Waits until everything that has happened is heard. */
  void settle() {
    try {
      context.listenerBus().waitUntilEmpty();
    } catch (TimeoutException e) {
      throw new IllegalStateException("Spark's listeners do not keep up", e);
    }
  }

  @Override
  public void close() {
    context.removeSparkListener(this);
  }

  /** The sum over tasks that ended, and over running ones as of their last heartbeat. */
  long soFar(Counter counter) {
    long underWay =
        running.values().stream().mapToLong(counts -> counts.getOrDefault(counter, 0L)).sum();
    return counters.value(counter) + underWay;
  }

  /** Time that all ended tasks took together. */
  double taskSeconds() {
    return taskMilliseconds.get() / 1e3;
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
    for (Tuple4<Object, Object, Object, Seq<AccumulableInfo>> task :
        CollectionConverters.asJava(update.accumUpdates())) {
      running.put((Long) task._1(), counts(task._4()));
    }
  }

  private static Map<Counter, Long> counts(Seq<AccumulableInfo> updates) {
    Map<Counter, Long> counts = new EnumMap<>(Counter.class);
    for (AccumulableInfo info : CollectionConverters.asJava(updates)) {
      Counter counter = info.name().isDefined() ? BY_NAME.get(info.name().get()) : null;
      if (counter != null && info.update().isDefined()) {
        counts.put(counter, (Long) info.update().get());
      }
    }
    return counts;
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    running.remove(end.taskInfo().taskId());
    if (end.taskMetrics() != null) {
      taskMilliseconds.addAndGet(end.taskMetrics().executorRunTime());
    }
  }
}
