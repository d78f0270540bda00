package io.e5spark.job.option;

import io.e5spark.ingest.MergeOptions;
import java.util.List;
import picocli.CommandLine.Option;

/** How {@code embed --mode merge} works. */
public final class MergeFlags {
  public static final List<String> NAMES =
      List.of("--slice-rows", "--slice-minutes", "--no-reuse", "--delete-missing");

  @Option(
      names = "--slice-rows",
      paramLabel = "ROWS",
      description = "The approximate maximum number of rows per commit of a merge.")
  long sliceRows = MergeOptions.USUAL.sliceRows();

  @Option(
      names = "--slice-minutes",
      paramLabel = "MINUTES",
      description = "The maximum number of minutes of embedding per commit of a merge.")
  double sliceMinutes = MergeOptions.USUAL.sliceSeconds() / 60;

  @Option(
      names = "--no-reuse",
      negatable = true,
      description =
          "In a merge, a text that the table has under another key takes its vector from there. With --no-reuse, the merge embeds it again.")
  boolean reuse = true;

  @Option(
      names = "--delete-missing",
      description = "In a merge, delete the rows whose key is no longer in the source.")
  boolean deleteMissing;

  public MergeOptions options() {
    return new MergeOptions(sliceRows, 60 * sliceMinutes, reuse, deleteMissing);
  }
}
