package io.e5spark.job;

import io.e5spark.chunked.DocumentChunks;
import io.e5spark.estimate.EstimateReport;
import io.e5spark.estimate.Estimator;
import io.e5spark.job.option.CommonOptions;
import io.e5spark.job.option.DocumentFlags;
import io.e5spark.job.option.PositiveNumber;
import io.e5spark.job.option.SourceOptions;
import io.e5spark.job.session.Session;
import io.e5spark.report.Json;
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
        "Estimates what embedding the texts would take: the tokens, the share of truncated texts, the time and the cost.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false)
final class EstimateCommand implements Callable<Integer> {
  @Mixin SourceOptions options = new SourceOptions();

  @Option(
      names = "--sample",
      paramLabel = "ROWS",
      description = "The number of texts whose tokens are counted; all texts if there are fewer.")
  int sample = 10_000;

  @Option(
      names = "--measure",
      paramLabel = "ROWS",
      description = "The number of texts of the sample to embed, to measure the speed.")
  int measure = 200;

  @Option(
      names = "--price-per-hour",
      paramLabel = "PRICE",
      description = "The price per hour of the whole cluster.")
  @Nullable Double pricePerHour;

  @Mixin DocumentFlags documents = new DocumentFlags();

  @Mixin CommonOptions common = new CommonOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PositiveNumber.require("sample", sample);
    PositiveNumber.require("measure", measure);
    if (pricePerHour != null && !(pricePerHour >= 0)) {
      throw new IllegalArgumentException(
          "Invalid price-per-hour: %s (must not be negative)".formatted(pricePerHour));
    }
    DocumentChunks chunks = documents.chunks();
    try (Session session = Session.open(common, spec.commandLine().getErr())) {
      EstimateReport report =
          new Estimator(
                  session.spark(),
                  common.settings(session.spark()),
                  options.source(documents.kept(List.of())),
                  options.inputType,
                  chunks)
              .estimate(sample, measure, pricePerHour);
      spec.commandLine().getOut().println(common.json ? Json.of(report) : report.summary());
    }
    return 0;
  }
}
