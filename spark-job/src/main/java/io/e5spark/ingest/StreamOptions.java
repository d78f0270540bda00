package io.e5spark.ingest;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a vector table is kept up to date with a source that grows.
 *
 * @param checkpoint where Spark keeps how far it has read; null for beside the table
 * @param seconds between looks for something new
 * @param untilDone whether it ends when nothing is left
 * @param files most files of a batch
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
