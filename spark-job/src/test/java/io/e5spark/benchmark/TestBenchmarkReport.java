package io.e5spark.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestBenchmarkReport {
  private static BenchmarkReport.Round round(double factor, BenchmarkReport.Sql sql) {
    return new BenchmarkReport.Round(
        1_000 * factor, 2_000 * factor, 900 * factor, 1_800 * factor, 0.9 * factor, 1, 2, 3, sql);
  }

  @Test
  void medianIsOfEachFigure() {
    BenchmarkReport report =
        BenchmarkReport.of(
            "m", 2, 10, 100, List.of(round(1, null), round(5, null), round(2, null)));
    assertThat(report.median()).isEqualTo(round(2, null));
    assertThat(report.summary())
        .isEqualTo(
            """
            m, 10 texts, 100 tokens, 2 threads, median of 3 rounds
            Ceiling  2,000 tokens/CPU-s, 4,000 tokens/s, padding 1.0 %
            Job      1,800 tokens/CPU-s, 3,600 tokens/s, padding 2.0 %, tokenizing 3.0 % of CPU time
            Ratio    1.800 in tokens per CPU-second""");
  }

  @Test
  void queryIsOneMoreLine() {
    BenchmarkReport report =
        BenchmarkReport.of(
            "m",
            2,
            10,
            100,
            List.of(
                round(1, new BenchmarkReport.Sql(800, 1_600, 1.1)),
                round(1, new BenchmarkReport.Sql(600, 1_200, 1.3))));
    assertThat(report.summary())
        .endsWith(
            "SQL      700 tokens/CPU-s, 1,400 tokens/s, 1.200 of the job's CPU time per text");
  }
}
