package io.e5spark.job;

import io.e5spark.config.Device;
import io.e5spark.config.Settings;
import io.e5spark.importer.FetchedCheckpoint;
import io.e5spark.importer.ModelImport;
import io.e5spark.importer.ModelVerification;
import io.e5spark.importer.graph.GraphLayout;
import io.e5spark.model.ModelDirectory;
import io.e5spark.model.ModelManifest;
import io.e5spark.model.NumberFormat;
import io.e5spark.report.Json;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "model",
    description = "Imports models, proves them right, says what they are. No Spark is started.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ModelCommand.Import.class, ModelCommand.Verify.class, ModelCommand.Info.class})
final class ModelCommand {
  private static final int MOST_TOKENS = 512;

  @Command(
      name = "import",
      description =
          "Makes a model directory of a Hugging Face checkpoint: config.json, tokenizer.json, and model.safetensors or an export as model.onnx.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Import implements Callable<Integer> {
    @Option(
        names = "--from",
        required = true,
        paramLabel = "DIR",
        description = "The checkpoint, a directory on a local path or any Hadoop file system.")
    String from = "";

    @Option(
        names = "--to",
        required = true,
        paramLabel = "DIR",
        description = "The model directory; must not exist.")
    Path to = Path.of("");

    @Option(
        names = "--precision",
        paramLabel = "NAME",
        description =
            "fp32, the default on CPUs; fp16, on GPUs; or int8: large products in 8-bit integers, faster on CPUs.")
    @Nullable String precision;

    @Option(
        names = "--device",
        paramLabel = "NAME",
        defaultValue = "cpu",
        description = "What the model is for: cpu or cuda. Default: ${DEFAULT-VALUE}.")
    Device device = Device.CPU;

    @Option(
        names = "--layout",
        paramLabel = "NAME",
        description =
            "For cuda: packed, without padding on GPUs, the default; or padded. Both run on CPUs too.")
    @Nullable GraphLayout layout;

    @Option(names = "--json", description = "Print what it is as one JSON document.")
    boolean json;

    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      GraphLayout form = form();
      NumberFormat wanted = precision();
      try (FetchedCheckpoint checkpoint = FetchedCheckpoint.of(from)) {
        ModelManifest manifest = ModelImport.create(checkpoint.files(), to, wanted, form);
        About about = About.of(to, manifest);
        spec.commandLine().getOut().println(json ? Json.of(about) : about.summary());
      }
      return 0;
    }

    private NumberFormat precision() {
      if (precision == null) {
        return device == Device.CUDA ? NumberFormat.FP16 : NumberFormat.FP32;
      }
      NumberFormat wanted = NumberFormat.of(precision);
      if (device == Device.CUDA && wanted != NumberFormat.FP16) {
        throw new IllegalArgumentException(
            "Invalid precision: %s (must be fp16 with --device cuda)".formatted(precision));
      }
      return wanted;
    }

    private GraphLayout form() {
      if (device == Device.AUTO) {
        throw new IllegalArgumentException("Invalid device: auto (must be cpu or cuda)");
      }
      if (layout != null && device != Device.CUDA) {
        throw new IllegalArgumentException(
            "Invalid layout: a model for cpu is always padded (name --device cuda)");
      }
      GraphLayout byDefault = device == Device.CUDA ? GraphLayout.PACKED : GraphLayout.PADDED;
      return layout == null ? byDefault : layout;
    }
  }

  @Command(
      name = "verify",
      description =
          "Computes an imported model's golden texts on this machine and compares; exit code 1 if they differ.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Verify implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "A model directory that model import made.")
    Path directory = Path.of("");

    @Option(names = "--json", description = "Print the checks as one JSON document.")
    boolean json;

    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      ModelManifest manifest = manifest(directory);
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
  }

  @Command(
      name = "info",
      description = "Says what an imported model is.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Info implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "A model directory that model import made.")
    Path directory = Path.of("");

    @Option(names = "--json", description = "Print it as one JSON document.")
    boolean json;

    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      About about = About.of(directory, manifest(directory));
      spec.commandLine().getOut().println(json ? Json.of(about) : about.summary());
      return 0;
    }
  }

  private static ModelManifest manifest(Path directory) {
    return ModelManifest.of(ModelDirectory.at(directory))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot use model %s: it has no %s, since it was not made by model import"
                        .formatted(directory, ModelManifest.FILE)));
  }

  private static Settings settings(Path directory, ModelManifest manifest) {
    int longest = Math.min(MOST_TOKENS, manifest.maxTokens());
    return Settings.read(
        Map.of(
            "model",
            directory.toString(),
            "max-tokens",
            Integer.toString(longest),
            "normalize",
            Boolean.toString(manifest.normalize())));
  }

  /**
   * What people and scripts see of a model.
   *
   * @param bytes sizes of its files by name
   */
  record About(
      String directory,
      String name,
      int dimension,
      int layers,
      int heads,
      int vocabulary,
      int maxTokens,
      String pooling,
      boolean normalize,
      String precision,
      ModelManifest.@Nullable Loss loss,
      long operationsPerToken,
      Map<String, Long> bytes,
      Map<String, String> sha256) {

    static About of(Path directory, ModelManifest manifest) {
      Map<String, Long> bytes = new LinkedHashMap<>();
      manifest
          .sha256()
          .keySet()
          .forEach(file -> bytes.put(file, directory.resolve(file).toFile().length()));
      return new About(
          directory.toString(),
          manifest.name(),
          manifest.dimension(),
          manifest.layers(),
          manifest.heads(),
          manifest.vocabulary(),
          manifest.maxTokens(),
          manifest.pooling(),
          manifest.normalize(),
          manifest.precision().toString(),
          manifest.loss(),
          manifest.operationsPerToken(),
          bytes,
          manifest.sha256());
    }

    String summary() {
      StringBuilder text =
          new StringBuilder(
              String.format(
                  Locale.ROOT,
                  """
                  Model    %s, %d layers, %d heads, dimension %d, %s
                  Input    at most %d tokens of a vocabulary of %,d
                  Output   %s pooling%s
                  Cost     %.1f MFLOP a token, and attention""",
                  name,
                  layers,
                  heads,
                  dimension,
                  precision,
                  maxTokens,
                  vocabulary,
                  pooling,
                  normalize ? ", norm 1" : "",
                  operationsPerToken / 1e6));
      if (loss != null) {
        text.append(
            String.format(
                Locale.ROOT,
                "%nLoss     cosine to fp32 at least %.6f, mean %.6f over %d sample texts",
                loss.smallestCosine(),
                loss.meanCosine(),
                loss.texts()));
      }
      bytes.forEach(
          (file, size) ->
              text.append(
                  String.format(
                      Locale.ROOT,
                      "%nFile     %s, %,d bytes, SHA-256 %s",
                      file,
                      size,
                      sha256.get(file))));
      return text.toString();
    }
  }
}
