package io.e5spark.job;

import io.e5spark.embed.InputType;
import io.e5spark.eval.Json;
import io.e5spark.table.SourceFormat;
import io.e5spark.table.TextSource;
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
    name = "estimate",
    description =
        "Says what embedding texts would take: tokens, texts that would be cut, time, cost.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false)
final class EstimateCommand implements Callable<Integer> {
  @Option(
      names = "--input",
      required = true,
      paramLabel = "PATH_OR_TABLE",
      description = "The texts.")
  String input = "";

  @Option(names = "--input-format", description = "One of ${COMPLETION-CANDIDATES}.")
  SourceFormat inputFormat = SourceFormat.AUTO;

  @Option(
      names = "--id-column",
      split = ",",
      paramLabel = "NAME",
      description = "Columns that identify a row; by default id or _id, which exists.")
  List<String> idColumns = new ArrayList<>();

  @Option(
      names = "--text-columns",
      split = ",",
      paramLabel = "NAME",
      defaultValue = "text",
      description = "Columns to embed; several are joined with one blank.")
  List<String> textColumns = new ArrayList<>();

  @Option(
      names = "--input-type",
      description = "passage for what is searched in, query for what is searched with.")
  InputType inputType = InputType.PASSAGE;

  @Option(
      names = "--sample",
      paramLabel = "ROWS",
      description = "Texts whose tokens are counted; of a smaller input, all.")
  int sample = 10_000;

  @Option(
      names = "--measure",
      paramLabel = "ROWS",
      description = "Texts of the sample that are embedded to see how fast that is.")
  int measure = 200;

  @Option(
      names = "--price-per-hour",
      paramLabel = "PRICE",
      description = "What an hour of the whole cluster costs.")
  @Nullable Double pricePerHour;

  @Mixin CommonOptions common = new CommonOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    requirePositive("sample", sample);
    requirePositive("measure", measure);
    if (pricePerHour != null && !(pricePerHour >= 0)) {
      throw new IllegalArgumentException(
          "Invalid price-per-hour: %s (must not be negative)".formatted(pricePerHour));
    }
    TextSource source = new TextSource(input, inputFormat, idColumns, textColumns, List.of());
    try (Session session = Session.open(common)) {
      EstimateReport report =
          new Estimator(session.spark(), common.settings(session), source, inputType)
              .estimate(sample, measure, pricePerHour);
      spec.commandLine().getOut().println(common.json ? Json.of(report) : report.summary());
    }
    return 0;
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "Invalid %s: %d (must be at least 1)".formatted(name, value));
    }
  }
}
