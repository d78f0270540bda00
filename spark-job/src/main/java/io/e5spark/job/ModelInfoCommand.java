package io.e5spark.job;

import io.e5spark.report.Json;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "info",
    description = "Describes an imported model.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ModelInfoCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "A model directory that model import made.")
  Path directory = Path.of("");

  @Option(names = "--json", description = "Print the description as one JSON document.")
  boolean json;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    ModelSummary summary = ModelSummary.of(directory);
    spec.commandLine().getOut().println(json ? Json.of(summary) : summary.text());
    return 0;
  }
}
