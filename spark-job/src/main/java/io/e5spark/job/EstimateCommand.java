package io.e5spark.job;

import io.e5spark.estimate.EstimateReport;
import io.e5spark.estimate.Estimator;
import io.e5spark.report.Json;
import java.util.List;
import java.util.Locale;
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
  @Mixin SourceOptions options = new SourceOptions();

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
    try (Session session = Session.open(common, spec.commandLine().getErr())) {
      EstimateReport report =
          new Estimator(
                  session.spark(),
                  common.settings(session.spark()),
                  options.source(List.of()),
                  options.inputType)
              .estimate(sample, measure, pricePerHour);
      spec.commandLine().getOut().println(common.json ? Json.of(report) : report.summary());
    }
    return 0;
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Invalid %s: %d (must be at least 1)", name, value));
    }
  }
}
