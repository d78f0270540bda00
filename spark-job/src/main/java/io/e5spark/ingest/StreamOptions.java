package io.e5spark.ingest;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a stream keeps a vector table up to date with a growing source.
 *
 * @param checkpoint where Spark records how far it has read; null for a directory beside the table
 * @param seconds the seconds between checks for something new
 * @param untilDone whether the stream ends when nothing is left
 * @param files the most files per batch
 */
public record StreamOptions(
    @Nullable String checkpoint, int seconds, boolean untilDone, int files) {
  public StreamOptions {
    require("interval", seconds);
    require("batch-files", files);
  }

  private static void require(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Invalid %s: %d (must be at least 1)", name, value));
    }
  }
}
