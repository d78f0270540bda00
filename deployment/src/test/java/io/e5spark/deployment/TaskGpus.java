package io.e5spark.deployment;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** An application that prints the executor and the GPU addresses of each of its tasks. */
public final class TaskGpus {
  private TaskGpus() {}

  /** Runs eight tasks. */
  public static void main(String[] arguments) throws IOException {
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      List<Integer> tasks = Collections.nCopies(8, 0);
      JavaSparkContext.fromSparkContext(spark.sparkContext())
          .parallelize(tasks, tasks.size())
          .map(task -> describe())
          .collect()
          .forEach(System.out::println);
    }
  }

  private static String describe() throws InterruptedException {
    // The other executor needs this time to start.
    Thread.sleep(2000);
    String[] addresses = TaskContext.get().resourcesJMap().get("gpu").addresses();
    return "executor " + SparkEnv.get().executorId() + ": " + String.join(",", addresses);
  }
}
