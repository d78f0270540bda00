package io.e5spark.index;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Counts the bytes that the tasks of this thread's queries read from files. */
final class BytesRead extends SparkListener implements AutoCloseable {
  /** A local property of Spark, which jobs inherit. */
  private static final String MEASURED = "e5.bytes-read";

  private final SparkContext context;
  private final String name = UUID.randomUUID().toString();
  private final Set<Integer> stages = ConcurrentHashMap.newKeySet();
  private final AtomicLong bytes = new AtomicLong();

  private BytesRead(SparkContext context) {
    this.context = context;
  }

  /** Starts counting. */
  static BytesRead start(SparkContext context) {
    BytesRead read = new BytesRead(context);
    context.addSparkListener(read);
    context.setLocalProperty(MEASURED, read.name);
    return read;
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
    if (name.equals(submitted.properties().getProperty(MEASURED))) {
      stages.add(submitted.stageInfo().stageId());
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    if (stages.contains(end.stageId()) && end.taskMetrics() != null) {
      bytes.addAndGet(end.taskMetrics().inputMetrics().bytesRead());
    }
  }

  /** The bytes so far, once the events of all finished tasks have arrived. */
  long settled() {
    try {
      context.listenerBus().waitUntilEmpty();
    } catch (TimeoutException e) {
      throw new IllegalStateException("Spark's listeners do not keep up", e);
    }
    return bytes.get();
  }

  @Override
  public void close() {
    context.setLocalProperty(MEASURED, null);
    context.removeSparkListener(this);
  }
}
