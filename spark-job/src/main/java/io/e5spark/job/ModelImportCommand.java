package io.e5spark.job;

import static picocli.CommandLine.Help.Visibility.NEVER;

import io.e5spark.config.Device;
import io.e5spark.importer.FetchedCheckpoint;
import io.e5spark.importer.ImportDescription;
import io.e5spark.importer.ImportRequest;
import io.e5spark.importer.ModelImport;
import io.e5spark.importer.graph.GraphLayout;
import io.e5spark.model.ModelManifest;
import io.e5spark.model.NumberFormat;
import io.e5spark.report.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "import",
    description =
        "Makes a model directory from a Hugging Face checkpoint, which consists of config.json, tokenizer.json or vocab.txt, and model.safetensors or an ONNX export, model.onnx.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ModelImportCommand implements Callable<Integer> {
  @Option(
      names = "--from",
      showDefaultValue = NEVER,
      required = true,
      paramLabel = "DIR",
      description = "The checkpoint: a directory on a local path or any Hadoop file system.")
  String from = "";

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description =
          "The model directory to make, which must not exist. Required without --dry-run.")
  @Nullable Path to;

  @Mixin PromptOptions prompts = new PromptOptions();

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      completionCandidates = Precisions.class,
      description =
          "The number format: fp32, the default for CPUs; fp16, for GPUs; or int8, which computes the large matrix products in 8-bit integers and is faster on CPUs.")
  @Nullable String precision;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      defaultValue = "cpu",
      description = "The device that the model is for: cpu or cuda. Default: ${DEFAULT-VALUE}.")
  Device device = Device.CPU;

  @Option(
      names = "--layout",
      paramLabel = "NAME",
      description =
          "With --device cuda: packed, the default, which computes no padding on GPUs; or padded. Both also run on CPUs.")
  @Nullable GraphLayout layout;

  @Option(
      names = "--dry-run",
      description =
          "Print what the import would make of the checkpoint and why, and write nothing.")
  boolean dryRun;

  @Option(names = "--json", description = "Print the description as one JSON document.")
  boolean json;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    ImportRequest request = new ImportRequest(numberFormat(), graphLayout(), prompts.chosen());
    if (to == null && !dryRun) {
      throw new IllegalArgumentException(
          "Invalid options: --to is missing (name the directory to make, or use --dry-run)");
    }
    try (FetchedCheckpoint checkpoint = FetchedCheckpoint.of(from)) {
      ImportDescription description = ModelImport.describe(checkpoint.files(), request);
      description.notes().forEach(note -> spec.commandLine().getErr().println("Warning: " + note));
      if (dryRun || to == null) {
        print(description, description.text());
      } else {
        ModelManifest manifest = ModelImport.create(checkpoint.files(), to, request);
        ModelSummary summary = ModelSummary.of(to, manifest);
        print(summary, summary.text());
      }
    }
    return 0;
  }

  private void print(Object report, String text) {
    spec.commandLine().getOut().println(json ? Json.of(report) : text);
  }

  NumberFormat numberFormat() {
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

  GraphLayout graphLayout() {
    if (device == Device.AUTO) {
      throw new IllegalArgumentException("Invalid device: auto (must be cpu or cuda)");
    }
    if (layout != null && device != Device.CUDA) {
      throw new IllegalArgumentException(
          "Invalid layout: a model for the CPU is always padded (must go with --device cuda)");
    }
    GraphLayout byDefault = device == Device.CUDA ? GraphLayout.PACKED : GraphLayout.PADDED;
    return layout == null ? byDefault : layout;
  }

  /** Number formats, for completion in shells. */
  static final class Precisions extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Precisions() {
      super(Arrays.stream(NumberFormat.values()).map(NumberFormat::toString).toList());
    }
  }
}
