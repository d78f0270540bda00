package io.e5spark.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestShapeReport {
  private static ShapeReport report(Double peak, Double utilization) {
    return new ShapeReport(
        "m", "cpu", peak, 3, List.of(new ShapeReport.Line(16, 64, 1_234.5, 600, utilization)));
  }

  @Test
  void summaryIsATable() {
    assertThat(report(0.1, 0.456).summary())
        .isEqualTo(
            """
            m on cpu, one session, medians of 3 rounds, peak 0.100 TFLOP/s

            | tokens per text | texts | tokens/s | tokens/CPU-s | utilization |
            |---|---|---|---|---|
            | 64 | 16 | 1,235 | 600 | 46 % |""");
  }

  @Test
  void whatIsUnknownIsSaid() {
    assertThat(report(null, null).summary())
        .startsWith("m on cpu, one session, medians of 3 rounds\n")
        .endsWith("| unknown |");
  }
}
