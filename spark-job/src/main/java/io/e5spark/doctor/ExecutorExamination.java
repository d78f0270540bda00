package io.e5spark.doctor;

import io.e5spark.config.Settings;
import io.e5spark.platform.Count;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;

/** Examines the executors of a cluster, each in a task. */
public final class ExecutorExamination {
  private static final long MILLISECONDS_TO_SPREAD = 500;

  private final JavaSparkContext spark;
  private final Settings settings;
  private final int wanted;

  /**
   * An examination of the executors of a cluster.
   *
   * @param wanted the number of executors
   */
  public ExecutorExamination(SparkContext spark, Settings settings, int wanted) {
    this.spark = new JavaSparkContext(spark);
    this.settings = settings;
    this.wanted = wanted;
  }

  /** What one task found. */
  private record Seen(String executor, List<Finding> findings) implements Serializable {}

  public List<Finding> findings() {
    // As many tasks as run at once, so each executor gets one, whichever executor takes which task.
    int tasks = Math.max(wanted, spark.defaultParallelism());
    Settings look = settings;
    Map<String, List<Finding>> byExecutor = new LinkedHashMap<>();
    spark
        .parallelize(IntStream.range(0, tasks).boxed().toList(), tasks)
        .mapPartitions(rows -> look(look, rows))
        .collect()
        .forEach(seen -> byExecutor.putIfAbsent(seen.executor, seen.findings));
    List<Finding> all = new ArrayList<>();
    byExecutor.values().forEach(all::addAll);
    if (byExecutor.size() < wanted) {
      all.add(tooFew(byExecutor.size()));
    }
    return all;
  }

  private Finding tooFew(int seen) {
    return new Finding(
        Finding.Level.WARNING,
        "executors",
        "cluster",
        String.format(Locale.ROOT, "reached only %d of %s", seen, Count.of(wanted, "executor")),
        "the cluster started no more executors (look at spark.executor.instances)");
  }

  private static Iterator<Seen> look(Settings settings, Iterator<Integer> rows)
      throws InterruptedException {
    rows.next();
    Thread.sleep(MILLISECONDS_TO_SPREAD);
    String executor = SparkEnv.get().executorId();
    String where =
        "executor %s on %s"
            .formatted(executor, SparkEnv.get().blockManager().blockManagerId().host());
    return List.of(new Seen(executor, new Examination(settings, where).findings())).iterator();
  }
}
