package io.e5spark.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.benchmark.StorageReport.Cost;
import io.e5spark.benchmark.StorageReport.Line;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestStorageReport {
  @Test
  void summaryHasALineForEveryVariant() {
    Line line = new Line("float, codec=zstd", new Cost(3.7, 30.25, 4.5, 5));
    assertThat(new StorageReport(20_000, 384, 3, List.of(line, line)).summary().lines())
        .hasSize(4)
        .element(2)
        .asString()
        .matches("float, codec=zstd +3\\.700 +30\\.3 +4\\.5 +5\\.0 +200,000");
  }

  @Test
  void lineHasTheMedianOfEveryFigure() {
    Line line =
        Line.median("v", List.of(new Cost(1, 9, 5, 2), new Cost(2, 8, 4, 1), new Cost(3, 7, 6, 3)));
    assertThat(line.cost()).isEqualTo(new Cost(2, 8, 5, 2));
  }

  @Test
  void variantIsCalledByItsTypeAndSettings() {
    assertThat(StorageVariant.ALL.get(0).label())
        .isEqualTo("float, dictionary=true, codec=snappy")
        .doesNotContain("parquet");
  }
}
