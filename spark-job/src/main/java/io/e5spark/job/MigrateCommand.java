package io.e5spark.job;

import static picocli.CommandLine.Help.Visibility.NEVER;

import io.e5spark.config.Settings;
import io.e5spark.ingest.EmbedJob;
import io.e5spark.ingest.EmbedReport;
import io.e5spark.ingest.EmbedRequest;
import io.e5spark.ingest.MergeOptions;
import io.e5spark.ingest.RunRecord;
import io.e5spark.job.option.CommonOptions;
import io.e5spark.job.session.Session;
import io.e5spark.platform.Count;
import io.e5spark.report.Json;
import io.e5spark.report.Work;
import io.e5spark.source.TextSource;
import io.e5spark.table.KeyedVectors;
import io.e5spark.table.VectorProperties;
import io.e5spark.table.VectorTable;
import io.e5spark.table.WriteMode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "migrate",
    description =
        "Embeds the texts of a vector table again with another model or other settings, and replaces the table in one commit. The old version stays in its history.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      " 0:done",
      " 1:the job failed",
      " 2:the command rejected its arguments or settings",
      " 3:a metric is below its minimum, and the table is unchanged"
    })
final class MigrateCommand implements Callable<Integer> {
  private static final int FALLS_SHORT = 3;

  @Option(
      names = "--vectors",
      showDefaultValue = NEVER,
      required = true,
      paramLabel = "PATH_OR_TABLE",
      description = "A vector table that embed wrote.")
  String vectors = "";

  @ArgGroup(exclusive = false, heading = "To migrate only if the new model is good enough:%n")
  @Nullable QualityGate gate;

  @Mixin CommonOptions common = new CommonOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    if (gate != null) {
      gate.wanted();
    }
    try (Session session = Session.open(common, err)) {
      Work work = new Work();
      return work.run(() -> migrate(session.spark(), err, work));
    }
  }

  private int migrate(SparkSession spark, PrintWriter err, Work work) {
    EmbedRequest request = request(spark, new VectorTable(spark, vectors));
    Settings settings = common.settings(spark);
    EmbedJob job = new EmbedJob(spark, settings, request, err);
    requireSource(spark, request);
    if (gate != null) {
      job.require();
      if (!gate.holds(spark, settings, request.vectorType(), TypedCommand.of(spec), err)) {
        return FALLS_SHORT;
      }
      work.begin();
      // Meanwhile, files may have lost rows, or another job may have added rows to the table.
      requireSource(spark, request);
    }
    return run(spark, job, request, err);
  }

  private int run(SparkSession spark, EmbedJob job, EmbedRequest request, PrintWriter err) {
    EmbedReport report = new RunRecord(spark, job.settings(), request, err).of(job::run);
    spec.commandLine().getOut().println(common.json ? Json.of(report) : report.summary());
    return 0;
  }

  /** The options that made the table. */
  private EmbedRequest request(SparkSession spark, VectorTable table) {
    VectorProperties properties = table.properties();
    common.takeFromFile();
    common.takeFrom(properties, spark);
    TextSource source = table.wholeSource().pinned(spark);
    List<String> columns = List.of(table.rows().columns());
    boolean details = columns.contains(properties.vectorColumn() + "_tokens");
    if (!details && columns.contains(properties.vectorColumn() + "_error")) {
      common.setIfAbsent("on-error", "null");
    }
    KeyedVectors keyed = new KeyedVectors(table, source.idColumns(), properties.vectorColumn());
    return new EmbedRequest(
        source,
        vectors,
        properties.inputType(),
        WriteMode.OVERWRITE,
        properties.vectorColumn(),
        properties.vectorType(),
        details,
        keyed.areHashed(),
        0,
        0,
        null,
        null,
        MergeOptions.USUAL,
        null,
        properties.chunks());
  }

  /** Checks that the source has all rows of the table. */
  private void requireSource(SparkSession spark, EmbedRequest request) {
    TextSource source = request.source();
    VectorTable table = new VectorTable(spark, vectors);
    long missing =
        new KeyedVectors(table, source.idColumns(), request.vectorColumn())
            .missing(source.read(spark));
    if (missing > 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot migrate table %s: its source %s lacks %s of the table, which would be lost (embed all texts into a new table)",
              vectors,
              source.input(),
              Count.of(missing, "row")));
    }
  }
}
