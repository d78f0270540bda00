package io.e5spark.model;

import io.e5spark.onnx.ToyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The toy model as an imported model with its own prompts. */
public final class PromptedModel {
  /** The prompts of an instruct model, in words of the toy model. */
  public static final Prompts INSTRUCT = new Prompts("passage: {task}\nquery: ", "");

  private PromptedModel() {}

  /** Writes the model and its manifest, and replaces existing files. */
  public static Path in(Path directory, Prompts prompts, int maxTokens) throws IOException {
    Files.createDirectories(directory);
    ToyModel.in(directory);
    Map<String, String> hashes = new HashMap<>();
    for (String file : List.of("model.onnx", "tokenizer.json")) {
      hashes.put(file, Sha256.of(Files.readAllBytes(directory.resolve(file))));
    }
    ModelManifest manifest =
        new ModelManifest(
            "toy",
            "here",
            4,
            1,
            1,
            17,
            maxTokens,
            Pooling.MEAN,
            true,
            prompts,
            NumberFormat.FP32,
            null,
            1,
            hashes,
            Map.of(),
            List.of());
    Files.writeString(directory.resolve(ModelManifest.FILE), manifest.json());
    return directory;
  }
}
