package io.e5spark.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.ingest.EmbedReport.Rows;
import io.e5spark.ingest.EmbedReport.Seconds;
import org.junit.jupiter.api.Test;

class TestEmbedReport {
  private static String summary(Rows rows, String device, Double busy, long tokens) {
    return new EmbedReport(
            "texts.jsonl",
            "vectors",
            3,
            "e5-small-v2",
            "f0",
            384,
            device,
            busy,
            "passage",
            rows,
            null,
            tokens,
            2.5,
            new Seconds(4, 0.5, 2, 2, 1.5),
            0.5,
            50)
        .summary();
  }

  @Test
  void summaryTellsTheSpeedAndTheDevice() {
    assertThat(summary(new Rows(2, 2, 0, 0, 0, 0, 0), "cuda", 74.2, 200))
        .contains(
            "Embedded 2 of 2 rows (0 null, 0 failed, 0 truncated, 0 duplicates)",
            "Speed    0.5 texts/s, 50 tokens/s on cuda, 74 % busy, 4.0 s (task seconds");
    assertThat(summary(new Rows(1, 1, 0, 0, 0, 0, 0), "cpu", null, 100)).contains(" on cpu, 4.0 s");
  }

  @Test
  void summaryOfAnUnchangedTableNamesNoSpeed() {
    assertThat(summary(new Rows(0, 0, 0, 0, 0, 0, 0), "none", null, 0))
        .contains("Speed    nothing to embed, 4.0 s (task seconds")
        .doesNotContain("on none");
  }
}
