package io.e5spark.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Tests {@link MergeOptions}, {@link StreamOptions} and {@link EmbedReport.Merge}. */
class TestMergeOptions {
  @Test
  void slicesHaveRowsAndTime() {
    assertThatThrownBy(() -> new MergeOptions(0, 600, true, false))
        .hasMessage("Invalid slice-rows: 0 (must be at least 1)");
    assertThatThrownBy(() -> new MergeOptions(1, Double.NaN, true, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Invalid slice-minutes: ");
  }

  @Test
  void streamsLookAtLeastOncePerSecond() {
    assertThatThrownBy(() -> new StreamOptions(null, 0, true, 1))
        .hasMessage("Invalid interval: 0 (must be at least 1)");
    assertThatThrownBy(() -> new StreamOptions(null, 1, true, 0))
        .hasMessage("Invalid batch-files: 0 (must be at least 1)");
  }

  @Test
  void batchesAddUp() {
    EmbedReport.Merge one = new EmbedReport.Merge(1, 2, 3, 4, null, 5, null, null);
    assertThat(EmbedReport.Merge.NOTHING.plus(one).plus(one))
        .isEqualTo(new EmbedReport.Merge(2, 4, 6, 8, null, 10, null, null));
  }
}
