package io.e5spark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** Tests how much native memory a session's settings occupy. */
class TestNativeMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int QUERIES = 200;
  private static final long MOST_KILOBYTES = 150_000;

  /** If each setting loaded a session or a tokenizer, the process would far exceed the limit. */
  @Test
  void otherLimitsTakeNoMoreMemory() throws IOException {
    assumeTrue(Files.exists(STATUS), "needs /proc");
    SparkSession spark = RecordedSession.spark().newSession();
    spark.conf().set("spark.e5.model", "e5-small-v2");
    query(spark, 511);
    query(spark, 512);
    long before = nativeKilobytes();
    for (int i = 0; i < QUERIES; i++) {
      query(spark, 10 + i);
    }
    assertThat(nativeKilobytes() - before).isLessThan(MOST_KILOBYTES);
  }

  private static void query(SparkSession spark, int longest) {
    spark.sql("set `spark.e5.max-tokens` = " + longest);
    String text = "text number " + longest;
    assertThat(spark.sql("select size(e5_embed('" + text + "'))").head().getInt(0)).isEqualTo(384);
  }

  /** Returns the resident memory of the process beyond what Java has committed. */
  private static long nativeKilobytes() throws IOException {
    MemoryMXBean java = ManagementFactory.getMemoryMXBean();
    long ofJava =
        java.getHeapMemoryUsage().getCommitted() + java.getNonHeapMemoryUsage().getCommitted();
    long resident =
        Files.readAllLines(STATUS).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
            .sum();
    return resident - ofJava / 1_024;
  }
}
