package io.e5spark.job;

import io.e5spark.benchmark.BenchmarkReport;
import io.e5spark.benchmark.IndexBenchmark;
import io.e5spark.benchmark.JobBenchmark;
import io.e5spark.benchmark.JoinBenchmark;
import io.e5spark.benchmark.MergeBenchmark;
import io.e5spark.benchmark.ModelBenchmark;
import io.e5spark.benchmark.SearchBenchmark;
import io.e5spark.benchmark.ShapeBenchmark;
import io.e5spark.benchmark.ShapeReport;
import io.e5spark.benchmark.SimilarityBenchmark;
import io.e5spark.benchmark.StorageBenchmark;
import io.e5spark.benchmark.StorageReport;
import io.e5spark.benchmark.SyntheticTexts;
import io.e5spark.config.Device;
import io.e5spark.config.Settings;
import io.e5spark.job.option.BenchmarkKind;
import io.e5spark.job.option.BenchmarkSizes;
import io.e5spark.job.option.CommonOptions;
import io.e5spark.job.session.Session;
import io.e5spark.report.Json;
import io.e5spark.source.SourceFormat;
import io.e5spark.source.TextSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.spark.SparkContext;
import org.apache.spark.network.util.JavaUtils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "benchmark",
    description =
        "Compares the whole job with a bare loop over the same texts, in turn and in one process."
            + " Some options measure something else instead.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false)
final class BenchmarkCommand implements Callable<Integer> {
  @Option(
      names = "--input",
      paramLabel = "PATH_OR_TABLE",
      description = "The texts; made-up ones by default.")
  @Nullable String input;

  @Option(
      names = "--text-columns",
      split = ",",
      paramLabel = "NAME",
      defaultValue = "text",
      description = "The columns to embed.")
  List<String> textColumns = new ArrayList<>();

  @ArgGroup BenchmarkKind kind = new BenchmarkKind();
  @Mixin BenchmarkSizes sizes = new BenchmarkSizes();

  @Option(names = "--device", paramLabel = "NAME", description = "The setting device, cpu or cuda.")
  @Nullable Device device;

  @Option(
      names = "--append",
      paramLabel = "FILE",
      description = "Also append the report to this file.")
  @Nullable Path append;

  @Mixin CommonOptions common = new CommonOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    sizes.check();
    if (device != null) {
      common.set.put("device", device.name());
    }
    Path work = Files.createTempDirectory("e5-spark-benchmark");
    try (Session session = Session.open(common, spec.commandLine().getErr())) {
      requireLocal(session);
      if (kind.similarity) {
        print(similarity(session, work), SimilarityBenchmark.Report::summary);
      } else if (kind.search) {
        print(search(session, work), SearchBenchmark.Report::summary);
      } else if (kind.join) {
        print(
            new JoinBenchmark(session.spark(), shape(), work, err()).run(sizes.rounds),
            JoinBenchmark.Report::summary);
      } else if (kind.storage) {
        print(storage(session, work), StorageReport::summary);
      } else if (kind.index != null) {
        print(index(session, kind.index, work), IndexBenchmark.Report::summary);
      } else if (kind.merges) {
        print(merges(session, work), MergeBenchmark.Report::summary);
      } else if (kind.shapes) {
        print(
            new ShapeBenchmark(common.settings(session.spark()), sizes.peakTeraflops, err())
                .run(sizes.rounds),
            ShapeReport::summary);
      } else if (kind.against != null) {
        print(models(session, kind.against), ModelBenchmark.Report::summary);
      } else {
        print(embedding(session, work), BenchmarkReport::summary);
      }
    } finally {
      JavaUtils.deleteRecursively(work.toFile());
    }
    return 0;
  }

  /** The processor time is that of this process. */
  private void requireLocal(Session session) {
    SparkContext context = session.spark().sparkContext();
    if (!context.isLocal() && !kind.shapes && kind.against == null) {
      throw new IllegalArgumentException(
          "Cannot measure on master %s: executors are other processes (must be --master local[N])"
              .formatted(context.master()));
    }
  }

  private BenchmarkReport embedding(Session session, Path work)
      throws IOException, InterruptedException, ExecutionException {
    int texts = sizes.limit(200);
    TextSource source = source(work, texts);
    return new JobBenchmark(
            session.spark(), common.settings(session.spark()), source, texts, kind.sql, work, err())
        .run(sizes.rounds);
  }

  private SimilarityBenchmark.Report similarity(Session session, Path work) {
    return new SimilarityBenchmark(
            session.spark(), common.settings(session.spark()), sizes.limit(1_000_000), work, err())
        .run(sizes.rounds);
  }

  private StorageReport storage(Session session, Path work) {
    return new StorageBenchmark(session.spark(), sizes.limit(20_000), sizes.dimension, work, err())
        .run(sizes.rounds);
  }

  private IndexBenchmark.Report index(Session session, String real, Path work) {
    return new IndexBenchmark(
            session.spark(), real, sizes.limit(1_000_000), sizes.queries, work, err())
        .run();
  }

  private MergeBenchmark.Report merges(Session session, Path work) throws IOException {
    int texts = sizes.limit(200);
    return new MergeBenchmark(
            session.spark(),
            common.settings(session.spark()),
            source(work, texts),
            texts,
            work,
            err())
        .run(sizes.rounds);
  }

  private ModelBenchmark.Report models(Session session, String against) {
    Settings settings = common.settings(session.spark());
    return new ModelBenchmark(settings, settings.withModel(against), err()).run(sizes.rounds);
  }

  private SearchBenchmark.Report search(Session session, Path work)
      throws InterruptedException, ExecutionException {
    return new SearchBenchmark(session.spark(), shape(), work, err()).run(sizes.rounds);
  }

  private SearchBenchmark.Shape shape() {
    return new SearchBenchmark.Shape(sizes.queries, sizes.limit(200_000), sizes.dimension, sizes.k);
  }

  private <T> void print(T report, Function<T, String> summary) throws IOException {
    if (append != null) {
      String lines = "%n%s%n".formatted(summary.apply(report));
      Files.writeString(append, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
    String text = common.json ? Json.of(report) : summary.apply(report);
    spec.commandLine().getOut().println(text);
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  private TextSource source(Path work, int texts) throws IOException {
    return input == null
        ? SyntheticTexts.in(work, texts)
        : new TextSource(input, SourceFormat.AUTO, List.of(), textColumns, List.of());
  }
}
