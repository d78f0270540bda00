package io.e5spark.job;

import io.e5spark.config.Settings;
import io.e5spark.importer.ModelVerification;
import io.e5spark.model.ModelDirectory;
import io.e5spark.model.ModelManifest;
import io.e5spark.report.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "verify",
    description =
        "Embeds the golden texts of an imported model on this machine and compares the vectors. Exits with 1 if they differ.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ModelVerifyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "A model directory that model import made.")
  Path directory = Path.of("");

  @Option(names = "--json", description = "Print the checks as one JSON document.")
  boolean json;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    ModelManifest manifest = ModelSummary.manifest(directory);
    List<ModelVerification.Check> checks =
        ModelVerification.of(ModelDirectory.at(directory), settings(directory, manifest));
    if (json) {
      spec.commandLine().getOut().println(Json.of(checks));
    } else {
      checks.forEach(check -> spec.commandLine().getOut().println(line(check)));
    }
    return checks.stream().allMatch(ModelVerification.Check::holds) ? 0 : 1;
  }

  private static String line(ModelVerification.Check check) {
    return String.format(
        Locale.ROOT,
        "%-8s %-22s largest difference %.2g, at most %.2g",
        check.holds() ? "ok" : "PROBLEM",
        check.what(),
        check.worst(),
        check.tolerance());
  }

  private static Settings settings(Path directory, ModelManifest manifest) {
    return Settings.read(
        Map.of("model", directory.toString(), "normalize", Boolean.toString(manifest.normalize())));
  }
}
