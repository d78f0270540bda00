package io.e5spark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.OperatingSystemMXBean;
import io.e5spark.sql.table.RewriteNearestBy;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Compares the CPU time of the rewritten {@code NEAREST BY} with that of Spark's own plan, in turn.
 * The vectors are random, have 384 dimensions, and are in Spark's cache.
 */
@Tag("slow")
class TestNearestBySpeed {
  private static final String EXCLUDED = "spark.sql.optimizer.excludedRules";
  private static final int QUERIES = 1_000;
  private static final int ROWS = 4_000;
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final SparkSession spark = RecordedSession.spark();

  @Test
  void joinTakesLessThanATenthOfTheTimeThatSparksTakes() {
    assumeTrue(TestNearestByQueries.isNew(spark.version()), "NEAREST BY needs Spark 4.2");
    table("l", QUERIES);
    table("r", ROWS);
    String sql =
        "select l.id, r.id from l join r exact nearest 10 by similarity vector_inner_product(l.v, r.v)";
    cpuSeconds(sql);
    double rewritten = cpuSeconds(sql);
    spark.conf().set(EXCLUDED, RewriteNearestBy.class.getName());
    double sparks = cpuSeconds(sql);
    spark.conf().unset(EXCLUDED);
    System.out.printf(
        Locale.ROOT,
        "NEAREST BY of %,d x %,d: %.2f CPU-seconds rewritten, %.1f as Spark has it, %.0f times as many%n",
        QUERIES,
        ROWS,
        rewritten,
        sparks,
        sparks / rewritten);
    assertThat(sparks).isGreaterThan(10 * rewritten);
  }

  private void table(String name, int rows) {
    spark
        .sql(
            "select id, transform(sequence(1, 384), i -> float(sin(id * 7.1 + (i + 0.5) * pmod(id, 97)))) v from range(0, %d, 1, 4)"
                .formatted(rows))
        .cache()
        .createOrReplaceTempView(name);
    assertThat(spark.table(name).count()).isEqualTo(rows);
  }

  private double cpuSeconds(String sql) {
    long start = PROCESS.getProcessCpuTime();
    spark.sql(sql).write().format("noop").mode("overwrite").save();
    return (PROCESS.getProcessCpuTime() - start) / 1e9;
  }
}
