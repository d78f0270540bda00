package io.e5spark.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.config.InputType;
import io.e5spark.source.SourceFormat;
import io.e5spark.source.TextSource;
import io.e5spark.table.VectorType;
import io.e5spark.table.WriteMode;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestEmbedRequest {
  private static EmbedRequest request(WriteMode mode, int limit, int partitions, String runId) {
    return new EmbedRequest(
        new TextSource("in", SourceFormat.AUTO, List.of("id"), List.of("text"), List.of()),
        "out",
        InputType.PASSAGE,
        mode,
        "embedding",
        VectorType.FLOAT,
        false,
        false,
        limit,
        partitions,
        runId,
        null,
        MergeOptions.USUAL,
        null,
        null);
  }

  @Test
  void usualRequestsAreTaken() {
    assertThat(request(WriteMode.OVERWRITE, 10, 4, null).limit()).isEqualTo(10);
    assertThat(request(WriteMode.MERGE, 0, 0, null).mode()).isEqualTo(WriteMode.MERGE);
    assertThat(request(WriteMode.APPEND, 0, 0, "monday").runId()).isEqualTo("monday");
  }

  @Test
  void mergesTakeAllRows() {
    assertThatThrownBy(() -> request(WriteMode.MERGE, 10, 0, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid limit: 10 (must be 0 with --mode merge, which takes all rows of its source)");
  }

  @Test
  void negativeNumbersAndBlankNamesAreRefused() {
    assertThatThrownBy(() -> request(WriteMode.OVERWRITE, -1, 0, null))
        .hasMessage("Invalid limit: -1 (must not be negative)");
    assertThatThrownBy(() -> request(WriteMode.OVERWRITE, 0, -2, null))
        .hasMessage("Invalid partitions: -2 (must not be negative)");
    assertThatThrownBy(() -> request(WriteMode.APPEND, 0, 0, " "))
        .hasMessage("Invalid run-id: '' (must not be blank)");
  }
}
