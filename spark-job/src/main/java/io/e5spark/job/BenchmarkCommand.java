package io.e5spark.job;

import io.e5spark.table.SourceFormat;
import io.e5spark.table.TextSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.spark.network.util.JavaUtils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "benchmark",
    description =
        "Measures the whole job against a bare loop over the same texts, in turn, in one process.",
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
      description = "Columns to embed.")
  List<String> textColumns = new ArrayList<>();

  @Option(names = "--limit", paramLabel = "ROWS", description = "Texts a round.")
  int limit = 200;

  @Option(names = "--rounds", paramLabel = "COUNT", description = "Pairs of runs.")
  int rounds = 3;

  @Mixin CommonOptions common = new CommonOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    requirePositive("limit", limit);
    requirePositive("rounds", rounds);
    Path work = Files.createTempDirectory("e5-spark-benchmark");
    try (Session session = Session.open(common)) {
      BenchmarkReport report =
          new Benchmark(
                  session.spark(),
                  common.settings(session),
                  source(work),
                  limit,
                  work,
                  spec.commandLine().getErr())
              .run(rounds);
      spec.commandLine().getOut().println(common.json ? Json.of(report) : report.summary());
    } finally {
      JavaUtils.deleteRecursively(work.toFile());
    }
    return 0;
  }

  private TextSource source(Path work) {
    return input == null
        ? SyntheticTexts.in(work, limit)
        : new TextSource(input, SourceFormat.AUTO, List.of(), textColumns, List.of());
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "Invalid %s: %d (must be at least 1)".formatted(name, value));
    }
  }
}
