package io.e5spark.job.option;

import io.e5spark.ingest.StreamOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether and how {@code embed --mode merge} continues as a stream. */
public final class StreamFlags {
  public static final List<String> NAMES =
      List.of("--checkpoint", "--interval", "--until-done", "--batch-files");

  @Option(
      names = "--stream",
      description =
          "With --mode merge, keep merging what arrives in a Delta table, a directory of files or a topic.")
  public boolean stream;

  @Option(
      names = "--checkpoint",
      paramLabel = "PATH",
      description =
          "The directory in which a stream records how far it has read; <output>_checkpoint by default.")
  @Nullable String checkpoint;

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      description = "The time between a stream's checks for new rows.")
  int interval = 10;

  @Option(names = "--until-done", description = "End the stream when nothing is left to read.")
  boolean untilDone;

  @Option(
      names = "--batch-files",
      paramLabel = "COUNT",
      description = "The maximum number of files per batch of a stream.")
  int batchFiles = 100;

  /** Null without a stream. */
  public @Nullable StreamOptions options() {
    return stream ? new StreamOptions(checkpoint, interval, untilDone, batchFiles) : null;
  }
}
