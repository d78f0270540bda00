package io.e5spark.job;

import static picocli.CommandLine.Help.Visibility.NEVER;

import io.e5spark.index.IndexJob;
import io.e5spark.index.IndexPage;
import io.e5spark.index.IndexReport;
import io.e5spark.index.IndexRequest;
import io.e5spark.index.IndexRequest.Training;
import io.e5spark.index.IndexSummary;
import io.e5spark.index.QuerySample;
import io.e5spark.job.option.CommonOptions;
import io.e5spark.job.option.PositiveNumber;
import io.e5spark.job.session.Session;
import io.e5spark.platform.DataFile;
import io.e5spark.report.Json;
import io.e5spark.report.Work;
import io.e5spark.table.IndexedTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "index",
    description =
        "Makes the inverted-file index of a vector table, or updates it, and prints the recall of searches with it. With an index, search --probes reads only a few lists.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false)
final class IndexCommand implements Callable<Integer> {
  private static final long SEED = 1;

  @Option(
      names = "--vectors",
      showDefaultValue = NEVER,
      required = true,
      paramLabel = "PATH_OR_TABLE",
      description = "A vector table that embed wrote.")
  String vectors = "";

  @Option(
      names = "--lists",
      paramLabel = "N",
      description =
          "The number of lists; by default, as many as the index has, or the square root of the number of rows.")
  @Nullable Integer lists;

  @Option(names = "--retrain", description = "Find new centroids even if the index has some.")
  boolean retrain;

  @Option(
      names = "--report",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "DIR",
      description =
          "Change nothing, but measure the existing index: the recall, the bytes and the time of searches. With a directory, write index.html and index.json into it.")
  @Nullable String report;

  @Option(
      names = "--queries",
      paramLabel = "PATH_OR_TABLE",
      description =
          "A vector table of queries to measure the recall with; by default, rows of the table itself.")
  @Nullable String queries;

  @Option(
      names = "--limit-queries",
      paramLabel = "N",
      description = "The maximum number of queries to measure with.")
  int limitQueries = 200;

  @Option(
      names = "--probes",
      showDefaultValue = NEVER,
      split = ",",
      paramLabel = "N",
      description =
          "The numbers of lists to measure searches with; by default, powers of two up to an eighth of the lists, or up to 16.")
  List<Integer> probes = new ArrayList<>();

  @Mixin CommonOptions common = new CommonOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PositiveNumber.require("limit-queries", limitQueries);
    probes.forEach(one -> PositiveNumber.require("probes", one));
    PrintWriter err = spec.commandLine().getErr();
    try (Session session = Session.open(common, err)) {
      if (report == null) {
        make(session.spark(), err);
      } else {
        measure(session.spark(), err, report);
      }
    }
    return 0;
  }

  private void make(SparkSession spark, PrintWriter err) {
    Training training = retrain ? Training.ANEW : Training.IF_NEEDED;
    IndexRequest request = new IndexRequest(lists, training, SEED);
    IndexJob job = new IndexJob(spark, vectors, request, err);
    Optional<QuerySample> given =
        Optional.ofNullable(queries).map(name -> sample(spark, new IndexedTable(spark, vectors)));
    IndexSummary summary = job.run();
    Work work = new Work();
    work.begin();
    IndexReport recall = work.run(() -> recall(spark, given));
    Map<String, Object> both = new LinkedHashMap<>();
    both.put("index", summary);
    both.put("recall", recall);
    print(common.json ? Json.of(both) : summary.text() + System.lineSeparator() + recall.text());
  }

  private IndexReport recall(SparkSession spark, Optional<QuerySample> given) {
    IndexedTable table = new IndexedTable(spark, vectors);
    QuerySample sample = given.orElseGet(() -> sample(spark, table));
    return IndexReport.ofRecall(spark, table, sample, probes);
  }

  private void measure(SparkSession spark, PrintWriter err, String directory) {
    requireNothingToMake();
    Optional<DataFile> output = output(spark, directory);
    output.ifPresent(DataFile::requireDirectory);
    IndexedTable table = new IndexedTable(spark, vectors);
    QuerySample sample = sample(spark, table);
    IndexReport measured =
        IndexReport.ofRecall(spark, table, sample, probes).measured(spark, table, sample, err);
    output.ifPresent(
        place -> {
          place.in("index.json").write(Json.of(measured));
          place.in("index.html").write(IndexPage.of(measured));
        });
    print(common.json ? Json.of(measured) : measured.text());
  }

  private static Optional<DataFile> output(SparkSession spark, String directory) {
    return directory.isEmpty()
        ? Optional.empty()
        : Optional.of(new DataFile(directory, spark.sessionState().newHadoopConf()));
  }

  private void requireNothingToMake() {
    if (retrain || lists != null) {
      throw new IllegalArgumentException(
          "Cannot make an index with --report: it only measures the existing index (leave out --lists and --retrain)");
    }
  }

  private QuerySample sample(SparkSession spark, IndexedTable table) {
    return QuerySample.of(spark, table, Optional.ofNullable(queries), limitQueries);
  }

  private void print(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(text);
    out.flush();
  }
}
