package io.e5spark.job;

import io.e5spark.config.Settings;
import io.e5spark.eval.Json;
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
      List.of("--slice-rows", "--slice-minutes", "--no-reuse", "--delete-missing");

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
    requireMerge();
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
            maxErrors,
            new MergeOptions(sliceRows, 60 * sliceMinutes, reuse, deleteMissing));
    try (Session session = Session.open(common)) {
      PrintWriter err = spec.commandLine().getErr();
      Settings settings = common.settings(session);
      EmbedJob job = new EmbedJob(session.spark(), settings, request, err);
      EmbedReport report = new RunRecord(session.spark(), settings, request, err).of(job::run);
      out.println(common.json ? Json.of(report) : report.summary());
    }
    return 0;
  }

  private void requireMerge() {
    for (String option : MERGE_OPTIONS) {
      if (mode != WriteMode.MERGE && spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new IllegalArgumentException(
            "Invalid option: %s with --mode %s (it is for --mode merge)".formatted(option, mode));
      }
    }
  }

  private void set(String setting, @Nullable String value) {
    if (value != null) {
      common.set.put(setting, value);
    }
  }
}
