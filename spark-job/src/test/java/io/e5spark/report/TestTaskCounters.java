package io.e5spark.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.config.InputType;
import io.e5spark.embed.Counter;
import io.e5spark.job.TestSession;
import io.e5spark.sql.E5Functions;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class TestTaskCounters {
  private static final SparkSession SPARK = TestSession.spark();
  private static final SparkContext CONTEXT = SPARK.sparkContext();

  private static void embed(String name, int rows) {
    SPARK
        .range(0, rows, 1, 2)
        .select(concat(lit(name + " "), col("id")).as("text"))
        .select(E5Functions.embed(col("text"), InputType.PASSAGE).as("vector"))
        .write()
        .format("noop")
        .mode("overwrite")
        .save();
  }

  @Test
  void rowsOfAnotherQueryDoNotCount() throws Exception {
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      // The other thread starts first, because a thread inherits the properties of the thread that
      // starts it.
      other.submit(() -> {}).get();
      try (TaskCounters counters = TaskCounters.start(CONTEXT)) {
        Future<?> foreign = other.submit(() -> embed("foreign", 70));
        embed("own", 30);
        foreign.get();
        counters.settle();
        assertThat(counters.count(Counter.ROWS)).isEqualTo(30);
        assertThat(counters.count(Counter.TEXTS)).isEqualTo(30);
        assertThat(counters.executors()).isOne();
      }
    } finally {
      other.shutdown();
    }
  }

  @Test
  void jobsOfThreadsThatItStartsCount() throws Exception {
    try (TaskCounters counters = TaskCounters.start(CONTEXT)) {
      Thread child = new Thread(() -> embed("child", 20));
      child.start();
      child.join();
      counters.settle();
      assertThat(counters.count(Counter.ROWS)).isEqualTo(20);
    }
  }

  @Test
  void countersInsideOfOthersBothCount() {
    try (TaskCounters outer = TaskCounters.start(CONTEXT)) {
      embed("before", 5);
      try (TaskCounters inner = TaskCounters.start(CONTEXT)) {
        embed("inside", 7);
        inner.settle();
        assertThat(inner.count(Counter.ROWS)).isEqualTo(7);
      }
      embed("after", 3);
      outer.settle();
      assertThat(outer.count(Counter.ROWS)).isEqualTo(15);
    }
    assertThat(CONTEXT.getLocalProperty("e5.runs")).isNull();
  }
}
