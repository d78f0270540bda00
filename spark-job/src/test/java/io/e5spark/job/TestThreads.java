package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class TestThreads {
  /** The cells of a notebook run in separate threads, too. */
  @Test
  void commandInAnotherThreadLeavesTheSessionThatItFinds() {
    SparkSession spark = Cli.spark();
    int code =
        CompletableFuture.supplyAsync(
                () -> {
                  SparkSession.clearActiveSession();
                  return Cli.withoutSession("sql", "-e", "select 1").code();
                })
            .join();
    assertThat(code).isZero();
    assertThat(spark.sparkContext().isStopped()).isFalse();
    assertThat(spark.sql("select 1").count()).isOne();
  }
}
