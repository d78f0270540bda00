package io.e5spark.job;

import io.e5spark.config.Settings;
import io.e5spark.ingest.EmbedJob;
import io.e5spark.ingest.EmbedReport;
import io.e5spark.ingest.EmbedRequest;
import io.e5spark.ingest.MergeOptions;
import io.e5spark.ingest.RunRecord;
import io.e5spark.ingest.StreamOptions;
import io.e5spark.report.Json;
import io.e5spark.table.VectorType;
import io.e5spark.table.WriteMode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "embed",
    description = "Reads texts, writes a Delta table with their vectors.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false)
final class EmbedCommand implements Callable<Integer> {
  private static final List<String> MERGE_OPTIONS =
      List.of("--slice-rows", "--slice-minutes", "--no-reuse", "--delete-missing", "--stream");
  private static final List<String> STREAM_OPTIONS =
      List.of("--checkpoint", "--interval", "--until-done", "--batch-files");

  @Mixin SourceOptions options = new SourceOptions();

  @Option(
      names = "--output",
      required = true,
      paramLabel = "PATH_OR_TABLE",
      description = "The vector table, Delta.")
  String output = "";

  @Option(
      names = "--keep-columns",
      split = ",",
      paramLabel = "NAME",
      description = "Further columns to carry over.")
  List<String> keepColumns = new ArrayList<>();

  @Option(
      names = "--mode",
      description =
          "overwrite, append, or merge: rows with a new key or another text are embedded and put in, other kept columns are updated.")
  WriteMode mode = WriteMode.OVERWRITE;

  @Option(
      names = "--vector-column",
      paramLabel = "NAME",
      description = "Name of the vector column.")
  String vectorColumn = "embedding";

  @Option(
      names = "--vector-type",
      description =
          "float; int8, a quarter of the bytes; or binary, the signs alone, a thirty-second.")
  VectorType vectorType = VectorType.FLOAT;

  @Option(
      names = "--details",
      description = "Add <vector>_tokens, <vector>_truncated and <vector>_error.")
  boolean details;

  @Option(
      names = "--on-error",
      paramLabel = "NAME",
      description = "The setting on-error: fail, or null to keep rows that fail with their errors.")
  @Nullable String onError;

  @Option(
      names = "--truncate",
      paramLabel = "NAME",
      description =
          "The setting truncate, for texts beyond the longest input: cut, fail, or window for the mean of windows.")
  @Nullable String truncate;

  @Option(
      names = "--max-errors",
      paramLabel = "COUNT",
      description =
          "With on-error=null: texts that may fail before the job ends without a commit; any number by default.")
  @Nullable Long maxErrors;

  @Option(
      names = "--run-id",
      paramLabel = "NAME",
      description =
          "With --mode append: rows that a run of this name has added are not added again.")
  @Nullable String runId;

  @Option(
      names = "--slice-rows",
      paramLabel = "ROWS",
      description = "Most rows of a commit of a merge.")
  long sliceRows = MergeOptions.USUAL.sliceRows();

  @Option(
      names = "--slice-minutes",
      paramLabel = "MINUTES",
      description = "Most work of a commit of a merge.")
  double sliceMinutes = MergeOptions.USUAL.sliceSeconds() / 60;

  @Option(
      names = "--no-reuse",
      negatable = true,
      description = "In a merge, embed texts again that the table has under other keys.")
  boolean reuse = true;

  @Option(
      names = "--delete-missing",
      description = "In a merge, delete rows whose key the source lacks.")
  boolean deleteMissing;

  @Option(
      names = "--stream",
      description =
          "With --mode merge: go on merging what comes, from a Delta table, a directory of files or a topic.")
  boolean stream;

  @Option(
      names = "--checkpoint",
      paramLabel = "PATH",
      description = "Where a stream keeps how far it has read; <output>_checkpoint by default.")
  @Nullable String checkpoint;

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      description = "Time between a stream's looks for something new.")
  int interval = 10;

  @Option(names = "--until-done", description = "End a stream when nothing is left.")
  boolean untilDone;

  @Option(
      names = "--batch-files",
      paramLabel = "COUNT",
      description = "Most files of a stream's batch.")
  int batchFiles = 100;

  @Option(names = "--limit", paramLabel = "ROWS", description = "Rows to embed; 0 for all.")
  int limit;

  @Option(
      names = "--partitions",
      paramLabel = "COUNT",
      description = "Partitions to spread the rows over; 0 chooses by rows and cores.")
  int partitions;

  @Mixin CommonOptions common = new CommonOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    requireMode();
    set("on-error", onError);
    set("truncate", truncate);
    PrintWriter out = spec.commandLine().getOut();
    EmbedRequest request =
        new EmbedRequest(
            options.source(keepColumns),
            output,
            options.inputType,
            mode,
            vectorColumn,
            vectorType,
            details,
            false,
            limit,
            partitions,
            runId,
            maxErrors,
            new MergeOptions(sliceRows, 60 * sliceMinutes, reuse, deleteMissing),
            stream ? new StreamOptions(checkpoint, interval, untilDone, batchFiles) : null);
    try (Session session = Session.open(common, spec.commandLine().getErr())) {
      PrintWriter err = spec.commandLine().getErr();
      Settings settings = common.settings(session.spark());
      EmbedJob job = new EmbedJob(session.spark(), settings, request, err);
      EmbedReport report = new RunRecord(session.spark(), settings, request, err).of(job::run);
      out.println(common.json ? Json.of(report) : report.summary());
    }
    return 0;
  }

  private void requireMode() {
    if (mode != WriteMode.MERGE) {
      MERGE_OPTIONS.forEach(option -> refuse(option, "with --mode " + mode, "--mode merge"));
    }
    if (mode != WriteMode.APPEND) {
      refuse("--run-id", "with --mode " + mode, "--mode append");
    }
    if (!stream) {
      STREAM_OPTIONS.forEach(option -> refuse(option, "without --stream", "--stream"));
    }
  }

  private void refuse(String option, String where, String place) {
    if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
      throw new IllegalArgumentException(
          "Invalid option: %s %s (it is for %s)".formatted(option, where, place));
    }
  }

  private void set(String setting, @Nullable String value) {
    if (value != null) {
      common.set.put(setting, value);
    }
  }
}
