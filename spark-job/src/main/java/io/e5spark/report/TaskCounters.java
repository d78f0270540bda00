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
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.jspecify.annotations.Nullable;
import scala.Tuple4;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Follows the tasks of the jobs that one thread starts, and the threads that it starts: what the
 * plan nodes that embed have counted, and the time tasks took. Other jobs of the same Spark context
 * do not count. A task that runs twice counts once.
 */
public final class TaskCounters extends SparkListener implements AutoCloseable {
  private static final Map<String, Counter> BY_LABEL =
      Arrays.stream(Counter.values())
          .collect(Collectors.toMap(Counter::label, Function.identity()));

  /** A property of a thread and of the jobs that it starts: who counts their tasks. */
  private static final String COUNTED_BY = "e5.counted-by";

  private final SparkContext context;
  private final String id = UUID.randomUUID().toString();
  private final @Nullable String othersBefore;
  private final Set<Integer> stages = ConcurrentHashMap.newKeySet();
  private final Map<Long, Map<Counter, Long>> running = new ConcurrentHashMap<>();
  private final Map<Task, Map<Counter, Long>> ended = new ConcurrentHashMap<>();
  private final Map<Counter, Long> settled = new ConcurrentHashMap<>();
  private final AtomicLong taskMilliseconds = new AtomicLong();
  private final Map<Integer, Span> embedding = new ConcurrentHashMap<>();
  private final Set<String> executors = ConcurrentHashMap.newKeySet();

  private record Task(int stage, int partition) {}

  /** From the first launch of a stage's tasks to the last one's end, in milliseconds. */
  private record Span(long launch, long finish) {
    Span with(Span other) {
      return new Span(Math.min(launch, other.launch), Math.max(finish, other.finish));
    }
  }

  private TaskCounters(SparkContext context) {
    this.context = context;
    this.othersBefore = context.getLocalProperty(COUNTED_BY);
  }

  /** Follows the tasks of this thread's jobs from now on; the same thread closes it. */
  public static TaskCounters start(SparkContext context) {
    TaskCounters counters = new TaskCounters(context);
    String others = counters.othersBefore;
    context.setLocalProperty(COUNTED_BY, others == null ? counters.id : others + "," + counters.id);
    context.addSparkListener(counters);
    return counters;
  }

  @Override
  public void onJobStart(SparkListenerJobStart start) {
    Properties properties = start.properties();
    String counted = properties == null ? null : properties.getProperty(COUNTED_BY);
    if (counted != null && List.of(counted.split(",", -1)).contains(id)) {
      for (Object stage : CollectionConverters.asJava(start.stageIds())) {
        stages.add((Integer) stage);
      }
    }
  }

  /** The sum over tasks that ended, and over running ones as of their last heartbeat. */
  public long count(Counter counter) {
    return settled.getOrDefault(counter, 0L) + sum(ended, counter) + sum(running, counter);
  }

  private static long sum(Map<?, Map<Counter, Long>> tasks, Counter counter) {
    return tasks.values().stream().mapToLong(counts -> counts.getOrDefault(counter, 0L)).sum();
  }

  /** Time that all ended tasks took together. */
  public double taskSeconds() {
    return taskMilliseconds.get() / 1e3;
  }

  /** Wall time of the stages that embedded. */
  public double embeddingSeconds() {
    return embedding.values().stream().mapToLong(span -> span.finish - span.launch).sum() / 1e3;
  }

  /** Executors that embedded. */
  public int executors() {
    return executors.size();
  }

  /** Tasks that run at the same time. */
  public int cores() {
    return context.defaultParallelism();
  }

  /** Waits until everything that has happened is heard. No task may be under way. */
  public void settle() {
    try {
      context.listenerBus().waitUntilEmpty();
      running.clear();
      ended
          .values()
          .forEach(task -> task.forEach((counter, n) -> settled.merge(counter, n, Long::sum)));
      ended.clear();
    } catch (TimeoutException e) {
      throw new IllegalStateException("Spark's listeners do not keep up", e);
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
    context.setLocalProperty(COUNTED_BY, othersBefore);
    context.removeSparkListener(this);
  }
}
