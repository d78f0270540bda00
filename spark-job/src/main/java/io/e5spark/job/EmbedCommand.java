package io.e5spark.job;

import static picocli.CommandLine.Help.Visibility.NEVER;

import io.e5spark.config.Settings;
import io.e5spark.ingest.EmbedJob;
import io.e5spark.ingest.EmbedReport;
import io.e5spark.ingest.EmbedRequest;
import io.e5spark.ingest.RunRecord;
import io.e5spark.job.option.CommonOptions;
import io.e5spark.job.option.DocumentFlags;
import io.e5spark.job.option.MergeFlags;
import io.e5spark.job.option.SettingValues;
import io.e5spark.job.option.SourceOptions;
import io.e5spark.job.option.StreamFlags;
import io.e5spark.job.session.Session;
import io.e5spark.platform.TableLocation;
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
    description = "Reads texts and writes a Delta table with their vectors.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false)
final class EmbedCommand implements Callable<Integer> {
  @Mixin SourceOptions options = new SourceOptions();

  @Option(
      names = "--output",
      showDefaultValue = NEVER,
      required = true,
      paramLabel = "PATH_OR_TABLE",
      description = "The vector table, in Delta format.")
  String output = "";

  @Option(
      names = "--keep-columns",
      showDefaultValue = NEVER,
      split = ",",
      paramLabel = "NAME",
      description = "Further columns to copy into the vector table.")
  List<String> keepColumns = new ArrayList<>();

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description =
          "overwrite, append or merge. A merge embeds and writes the rows with a new key or a changed text, and updates the kept columns of the others.")
  WriteMode mode = WriteMode.OVERWRITE;

  @Option(
      names = "--replace",
      description =
          "With --mode overwrite, also replace a table that embed did not write, or that would lose a declaration of its owner, such as its partitioning.")
  boolean replace;

  @Option(
      names = "--vector-column",
      paramLabel = "NAME",
      description = "The name of the vector column.")
  String vectorColumn = "embedding";

  @Option(
      names = "--vector-type",
      paramLabel = "TYPE",
      description =
          "float; packed, which holds the same floats in one binary value; half, with half the bytes; int8,"
              + " with a quarter; or binary, which holds only the signs, with a thirty-second.")
  VectorType vectorType = VectorType.FLOAT;

  @Option(
      names = "--details",
      description = "Add the columns <vector>_tokens, <vector>_truncated and <vector>_error.")
  boolean details;

  @Option(
      names = "--on-error",
      paramLabel = "NAME",
      completionCandidates = SettingValues.OnErrors.class,
      description =
          "The setting on-error: fail, or null, which keeps rows that cannot be embedded and records their errors.")
  @Nullable String onError;

  @Option(
      names = "--truncate",
      paramLabel = "NAME",
      completionCandidates = SettingValues.Truncations.class,
      description =
          "The setting truncate, for texts beyond the longest input: cut, fail, or window, which embeds them in segments and takes the mean.")
  @Nullable String truncate;

  @Option(
      names = "--max-errors",
      paramLabel = "COUNT",
      description =
          "With --on-error null, the number of texts that may fail before the job ends without a commit; unlimited by default.")
  @Nullable Long maxErrors;

  @Option(
      names = "--run-id",
      paramLabel = "NAME",
      description =
          "With --mode append, a name for the job. Running it again under the same name adds nothing.")
  @Nullable String runId;

  @Mixin DocumentFlags documents = new DocumentFlags();
  @Mixin MergeFlags merging = new MergeFlags();
  @Mixin StreamFlags streaming = new StreamFlags();

  @Option(
      names = "--limit",
      paramLabel = "ROWS",
      description = "The number of rows to embed; 0 for all.")
  int limit;

  @Option(
      names = "--partitions",
      paramLabel = "COUNT",
      description =
          "The number of partitions for the rows; 0 derives it from the rows and the cores.")
  int partitions;

  @Mixin CommonOptions common = new CommonOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    requireMode();
    set("on-error", onError);
    set("truncate", truncate);
    // Checked before Spark starts.
    request(output);
    PrintWriter out = spec.commandLine().getOut();
    try (Session session = Session.open(common, spec.commandLine().getErr())) {
      PrintWriter err = spec.commandLine().getErr();
      EmbedRequest request = request(lasting(session));
      Settings settings = common.settings(session.spark());
      EmbedJob job = new EmbedJob(session.spark(), settings, request, err);
      EmbedReport report =
          new RunRecord(session.spark(), job.settings(), request, err).of(job::run);
      out.println(common.json ? Json.of(report) : report.summary());
    }
    return 0;
  }

  /** A plain name is a path if a table of that name would end with the command. */
  private String lasting(Session session) {
    TableLocation named = new TableLocation(session.spark(), output);
    return session.ownsCatalog() && named.isForgettable() ? "./" + output : output;
  }

  private EmbedRequest request(String table) {
    return new EmbedRequest(
        options.source(documents.kept(keepColumns)),
        table,
        options.inputType,
        replace ? WriteMode.REPLACE : mode,
        vectorColumn,
        vectorType,
        details,
        false,
        limit,
        partitions,
        runId,
        maxErrors,
        merging.options(),
        streaming.options(),
        documents.chunks());
  }

  private void requireMode() {
    if (mode != WriteMode.MERGE) {
      MergeFlags.NAMES.forEach(option -> refuse(option, "with --mode " + mode, "--mode merge"));
      refuse("--stream", "with --mode " + mode, "--mode merge");
    }
    if (!mode.replaces()) {
      refuse("--replace", "with --mode " + mode, "--mode overwrite");
    }
    if (mode != WriteMode.APPEND) {
      refuse("--run-id", "with --mode " + mode, "--mode append");
    }
    if (!streaming.stream) {
      StreamFlags.NAMES.forEach(option -> refuse(option, "without --stream", "--stream"));
    }
  }

  private void refuse(String option, String where, String place) {
    if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
      throw new IllegalArgumentException(
          "Invalid option: %s %s (it needs %s)".formatted(option, where, place));
    }
  }

  private void set(String setting, @Nullable String value) {
    if (value != null) {
      common.set.put(setting, value);
    }
  }
}
