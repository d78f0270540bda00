package io.e5spark.source;

import java.io.FileNotFoundException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.SparkThrowable;

/** Why Delta cannot follow a table any further, and what to do. */
public enum StreamTrouble {
  ROWS_LOST(
      "DELTA_SOURCE_IGNORE_DELETE|DELTA_SOURCE_TABLE_IGNORE_CHANGES",
      "some of its rows were deleted or changed, and it has no change data feed that records this (set its property delta.enableChangeDataFeed to true, then delete the checkpoint %s; the next start merges the whole source and embeds only what is new)"),
  COLUMNS_CHANGED(
      "DELTA_SCHEMA_CHANGED|DELTA_STREAMING_INCOMPATIBLE_SCHEMA_CHANGE|"
          + "DELTA_STREAMING_CANNOT_CONTINUE|DELTA_STREAMING_CHECK_COLUMN_MAPPING|"
          + "DELTA_CHANGE_DATA_FEED_INCOMPATIBLE|DELTA_BLOCK_COLUMN_MAPPING_AND_CDC",
      "its columns were changed (run the same command again; if it fails again, delete the checkpoint %s; the next start merges the whole source and embeds only what is new)"),
  ANOTHER_TABLE(
      "DIFFERENT_DELTA_TABLE_READ_BY_STREAMING_SOURCE|DELTA_DIFFERENT_DELTA_TABLE",
      "another table has taken its place (delete the checkpoint %s to merge all of it)"),
  VERSIONS_GONE(
      "DELTA_MISSING_FILES_UNEXPECTED_VERSION|DELTA_LOG_FILE_NOT_FOUND|"
          + "DELTA_MISSING_CHANGE_DATA|DELTA_VERSION_NOT_FOUND|DELTA_VERSIONS_NOT_CONTIGUOUS|"
          + "DELTA_REMOVE_FILE_CDC_MISSING",
      "versions or files that were not read yet are gone (delete the checkpoint %s; the next start merges the whole source and embeds only what is new)");

  /** The beginnings of their names, as a regular expression. */
  private final String errors;

  private final String words;

  StreamTrouble(String errors, String words) {
    this.errors = errors;
    this.words = words;
  }

  /**
   * The trouble behind a failure of a stream, if the source caused it.
   *
   * @param source the path or the name of the table
   */
  public static Optional<StreamTrouble> of(Throwable failure, String source) {
    return Stream.iterate(failure, e -> e != null, Throwable::getCause)
        .flatMap(e -> ofOne(e, source).stream())
        .findFirst();
  }

  private static Optional<StreamTrouble> ofOne(Throwable failure, String source) {
    String error = error(failure);
    if (failure instanceof FileNotFoundException || error.contains("FILE_NOT_EXIST")) {
      // The missing file may also belong to the vector table.
      String message = String.valueOf(failure.getMessage());
      return message.contains(source.replaceFirst("^file:/*", "/"))
          ? Optional.of(VERSIONS_GONE)
          : Optional.empty();
    }
    return Arrays.stream(values())
        .filter(trouble -> error.matches("(" + trouble.errors + ").*"))
        .findFirst();
  }

  @SuppressWarnings("deprecation") // Spark 3 has no other name for it.
  private static String error(Throwable failure) {
    String error = failure instanceof SparkThrowable named ? named.getErrorClass() : null;
    return error == null ? "" : error;
  }

  /**
   * The failure on one line.
   *
   * @param checkpoint the checkpoint of the stream
   */
  public IllegalStateException failure(String source, String checkpoint, Exception cause) {
    return new IllegalStateException(
        "Cannot follow the source %s: %s".formatted(source, words.formatted(checkpoint)), cause);
  }
}
