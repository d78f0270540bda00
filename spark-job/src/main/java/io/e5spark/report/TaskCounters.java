package io.e5spark.report;

import io.e5spark.embed.Counter;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.jspecify.annotations.Nullable;
import scala.Tuple4;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Follows the tasks of one run: the counters of the plan nodes that embed, and the time of the
 * tasks. A task that runs twice counts once. The run consists of the queries of the thread that
 * starts this, and of threads that work for it; nothing else in the Spark context counts.
 */
public final class TaskCounters extends SparkListener implements AutoCloseable {
  private static final Map<String, Counter> BY_LABEL =
      Arrays.stream(Counter.values())
          .collect(Collectors.toMap(Counter::label, Function.identity()));

  /** A local property of Spark, which jobs inherit: the runs that they belong to. */
  private static final String RUNS = "e5.runs";

  private final SparkContext context;
  private final String run = UUID.randomUUID().toString();
  private final @Nullable String runsAround;
  private final Set<Integer> stages = ConcurrentHashMap.newKeySet();
  private final Map<Long, Map<Counter, Long>> running = new ConcurrentHashMap<>();
  private final Map<Task, Map<Counter, Long>> ended = new ConcurrentHashMap<>();
  private final Map<Counter, Long> settled = new ConcurrentHashMap<>();
  private final AtomicLong taskMilliseconds = new AtomicLong();
  private final Map<Integer, Span> embedding = new ConcurrentHashMap<>();
  private final Set<String> executors = ConcurrentHashMap.newKeySet();

  private record Task(int stage, int partition) {}

  /**
   * The time from the first launch of a stage's tasks to the end of the last one, in milliseconds.
   */
  private record Span(long launch, long finish) {
    Span with(Span other) {
      return new Span(Math.min(launch, other.launch), Math.max(finish, other.finish));
    }
  }

  private TaskCounters(SparkContext context) {
    this.context = context;
    this.runsAround = context.getLocalProperty(RUNS);
  }

  /** Follows what this thread makes the context do, until it is closed. */
  public static TaskCounters start(SparkContext context) {
    TaskCounters counters = new TaskCounters(context);
    context.addSparkListener(counters);
    String around = counters.runsAround;
    context.setLocalProperty(RUNS, around == null ? counters.run : around + " " + counters.run);
    return counters;
  }

  /** The sum over finished tasks, and over running tasks as of their last heartbeat. */
  public long count(Counter counter) {
    return settled.getOrDefault(counter, 0L) + sum(ended, counter) + sum(running, counter);
  }

  private static long sum(Map<?, Map<Counter, Long>> tasks, Counter counter) {
    return tasks.values().stream().mapToLong(counts -> counts.getOrDefault(counter, 0L)).sum();
  }

  /** The total time of all finished tasks. */
  public double taskSeconds() {
    return taskMilliseconds.get() / 1e3;
  }

  /** The wall time of the stages that embedded. */
  public double embeddingSeconds() {
    return embedding.values().stream().mapToLong(span -> span.finish - span.launch).sum() / 1e3;
  }

  /** The executors that embedded. */
  public int executors() {
    return executors.size();
  }

  /** The number of tasks that run at the same time. */
  public int cores() {
    return context.defaultParallelism();
  }

  /** Waits until all events have arrived. No task may be running. */
  public void settle() {
    try {
      context.listenerBus().waitUntilEmpty();
      running.clear();
      ended
          .values()
          .forEach(task -> task.forEach((counter, n) -> settled.merge(counter, n, Long::sum)));
      ended.clear();
      stages.clear();
    } catch (TimeoutException e) {
      throw new IllegalStateException("Spark's listeners do not keep up", e);
    }
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
    Properties properties = submitted.properties();
    String runs = properties == null ? null : properties.getProperty(RUNS);
    if (runs != null && List.of(runs.split(" ", -1)).contains(run)) {
      stages.add(submitted.stageInfo().stageId());
    }
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
    for (Tuple4<Object, Object, Object, scala.collection.immutable.Seq<AccumulableInfo>> task :
        CollectionConverters.asJava(update.accumUpdates())) {
      if (stages.contains((Integer) task._2())) {
        running.put((Long) task._1(), counts(task._4()));
      }
    }
  }

  private static Map<Counter, Long> counts(Seq<AccumulableInfo> updates) {
    Map<Counter, Long> counts = new EnumMap<>(Counter.class);
    for (AccumulableInfo info : CollectionConverters.asJava(updates)) {
      Counter counter = info.name().isDefined() ? BY_LABEL.get(info.name().get()) : null;
      if (counter != null && info.update().isDefined()) {
        counts.merge(counter, (Long) info.update().get(), Long::sum);
      }
    }
    return counts;
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    if (!stages.contains(end.stageId())) {
      return;
    }
    running.remove(end.taskInfo().taskId());
    if (end.taskInfo().successful()) {
      Task task = new Task(end.stageId(), end.taskInfo().partitionId());
      Map<Counter, Long> counts = counts(end.taskInfo().accumulables().toSeq());
      ended.put(task, counts);
      if (counts.getOrDefault(Counter.BATCHES, 0L) > 0) {
        Span span = new Span(end.taskInfo().launchTime(), end.taskInfo().finishTime());
        embedding.merge(end.stageId(), span, Span::with);
        executors.add(end.taskInfo().executorId());
      }
    }
    if (end.taskMetrics() != null) {
      taskMilliseconds.addAndGet(end.taskMetrics().executorRunTime());
    }
  }

  @Override
  public void close() {
    context.setLocalProperty(RUNS, runsAround);
    context.removeSparkListener(this);
  }
}
