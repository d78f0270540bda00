package io.e5spark.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import org.apache.spark.SparkThrowable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestStreamTrouble {
  private static final String SOURCE = "file:/data/texts";

  private static final class Named extends RuntimeException implements SparkThrowable {
    private static final long serialVersionUID = 1;
    private final String error;

    Named(String error) {
      super(error);
      this.error = error;
    }

    @Override
    public String getCondition() {
      return error;
    }
  }

  private static Exception of(String error) {
    return new IllegalStateException("stream", new Named(error));
  }

  @ParameterizedTest
  @CsvSource({
    "DELTA_SOURCE_IGNORE_DELETE, ROWS_LOST",
    "DELTA_SCHEMA_CHANGED_WITH_VERSION, COLUMNS_CHANGED",
    "DELTA_STREAMING_INCOMPATIBLE_SCHEMA_CHANGE_USE_SCHEMA_LOG, COLUMNS_CHANGED",
    "DELTA_MISSING_FILES_UNEXPECTED_VERSION, VERSIONS_GONE"
  })
  void deltaSaysWhatTheTroubleIs(String error, StreamTrouble trouble) {
    assertThat(StreamTrouble.of(of(error), SOURCE)).contains(trouble);
    assertThat(trouble.failure(SOURCE, "/check", new Exception()))
        .hasMessageStartingWith("Cannot follow the source file:/data/texts: ")
        .hasMessageContaining("delete the checkpoint /check");
  }

  @Test
  void otherFailuresAreNotTheSources() {
    assertThat(StreamTrouble.of(of("DELTA_VIOLATE_CONSTRAINT_WITH_VALUES"), SOURCE)).isEmpty();
    assertThat(StreamTrouble.of(new IllegalStateException("no"), SOURCE)).isEmpty();
    assertThat(StreamTrouble.of(new FileNotFoundException("file:/data/vectors/a"), SOURCE))
        .isEmpty();
    assertThat(StreamTrouble.of(new FileNotFoundException("file:/data/texts/a"), SOURCE))
        .contains(StreamTrouble.VERSIONS_GONE);
  }
}
