package io.e5spark.job;

import io.e5spark.importer.ImportDescription;
import io.e5spark.model.ModelDirectory;
import io.e5spark.model.ModelManifest;
import io.e5spark.model.Prompts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What people and scripts see of a model.
 *
 * @param bytes the sizes of its files by name
 */
record ModelSummary(
    String directory,
    String name,
    int dimension,
    int layers,
    int heads,
    int vocabulary,
    int maxTokens,
    String pooling,
    boolean normalize,
    Prompts prompts,
    String precision,
    ModelManifest.@Nullable Loss loss,
    long operationsPerToken,
    Map<String, Long> bytes,
    Map<String, String> sha256) {

  /**
   * The summary of an imported model.
   *
   * @throws IllegalArgumentException if the directory does not hold one
   */
  static ModelSummary of(Path directory) {
    return of(directory, manifest(directory));
  }

  static ModelManifest manifest(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new IllegalArgumentException(
          "Cannot use model %s: there is no directory %s (name one that model import made)"
              .formatted(directory, directory.toAbsolutePath()));
    }
    return ModelManifest.of(ModelDirectory.at(directory))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot use model %s: it has no %s, so model import did not make it"
                        .formatted(directory, ModelManifest.FILE)));
  }

  static ModelSummary of(Path directory, ModelManifest manifest) {
    Map<String, Long> bytes = new LinkedHashMap<>();
    manifest
        .sha256()
        .keySet()
        .forEach(file -> bytes.put(file, directory.resolve(file).toFile().length()));
    return new ModelSummary(
        directory.toString(),
        manifest.name(),
        manifest.dimension(),
        manifest.layers(),
        manifest.heads(),
        manifest.vocabulary(),
        manifest.maxTokens(),
        manifest.pooling().toString(),
        manifest.normalize(),
        manifest.prompts(),
        manifest.precision().toString(),
        manifest.loss(),
        manifest.operationsPerToken(),
        bytes,
        manifest.sha256());
  }

  String text() {
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                """
                Model    %s, %d layers, %d heads, dimension %d, %s
                Input    at most %d tokens of a vocabulary of %,d
                Output   %s pooling%s
                Prompts  %s
                Cost     %.1f MFLOP per token, plus attention""",
                name,
                layers,
                heads,
                dimension,
                precision,
                maxTokens,
                vocabulary,
                pooling,
                normalize ? ", norm 1" : "",
                ImportDescription.text(prompts),
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
