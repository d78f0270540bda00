package io.e5spark.importer.checkpoint;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.e5spark.model.ModelFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A BERT or RoBERTa encoder as Hugging Face repositories publish it, in a local directory: {@code
 * config.json}, and {@code model.safetensors}, or its parts with their index, or an ONNX export.
 */
public final class Checkpoint implements AutoCloseable {
  private static final String WEIGHTS = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";
  private static final List<String> PREFIXES = List.of("", "bert.", "roberta.");

  private final Path directory;
  private final EncoderConfig config;
  private final Map<String, WeightFile> files = new LinkedHashMap<>();

  private Checkpoint(Path directory) throws IOException {
    this.directory = directory;
    this.config = EncoderConfig.of(json("config.json"));
  }

  /**
   * Opens a checkpoint.
   *
   * @throws IllegalArgumentException if files are missing or broken
   */
  public static Checkpoint open(Path directory) {
    try {
      Checkpoint checkpoint = new Checkpoint(directory);
      try {
        for (String name : checkpoint.weightFiles()) {
          checkpoint.files.put(name, checkpoint.open(name));
        }
        checkpoint.requireNoFurtherLayer();
        return checkpoint;
      } catch (IOException | RuntimeException e) {
        checkpoint.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot read checkpoint %s: %s".formatted(directory, e.getMessage()), e);
    }
  }

  private void requireNoFurtherLayer() {
    if (has("encoder.layer." + config.layers() + ".attention.self.query.weight")) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "its config.json has num_hidden_layers %d, but its weights have further layers",
              config.layers()));
    }
  }

  private WeightFile open(String name) throws IOException {
    Path file = directory.resolve(name);
    return name.endsWith(".onnx") ? OnnxWeights.open(file) : SafetensorsFile.open(file);
  }

  private List<String> weightFiles() throws IOException {
    if (exists(WEIGHTS)) {
      return List.of(WEIGHTS);
    }
    if (exists(INDEX)) {
      return shards();
    }
    for (String graph : ModelFiles.GRAPHS) {
      if (exists(graph)) {
        return List.of(graph);
      }
    }
    if (exists("pytorch_model.bin")) {
      throw new IllegalArgumentException(
          "its weights are in pytorch_model.bin, and reading that file runs code; take model.safetensors from the model's repository, where a revision or a pull request often has it");
    }
    throw new IllegalArgumentException("it has no %s and no model.onnx".formatted(WEIGHTS));
  }

  private List<String> shards() throws IOException {
    List<String> names = new ArrayList<>();
    JsonElement map = json(INDEX).get("weight_map");
    if (map == null || !map.isJsonObject()) {
      throw new IllegalArgumentException("its %s has no weight_map".formatted(INDEX));
    }
    for (JsonElement value : map.getAsJsonObject().asMap().values()) {
      String name = value.getAsString();
      if (!name.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*\\.safetensors")) {
        throw new IllegalArgumentException(
            "its %s names the file '%s' (must be a plain name that ends in .safetensors)"
                .formatted(INDEX, name));
      }
      if (!names.contains(name)) {
        names.add(name);
      }
    }
    for (String name : names) {
      if (!exists(name)) {
        throw new IllegalArgumentException("its file %s is missing".formatted(name));
      }
    }
    return names;
  }

  public EncoderConfig config() {
    return config;
  }

  public boolean exists(String file) {
    return Files.isRegularFile(directory.resolve(file));
  }

  /**
   * A JSON file of the checkpoint.
   *
   * @throws IllegalArgumentException if it is missing or not a JSON object
   */
  public JsonObject json(String file) throws IOException {
    return parse(file).getAsJsonObject();
  }

  /** A JSON file of the checkpoint that need not be an object. */
  public JsonElement parse(String file) throws IOException {
    if (!exists(file)) {
      throw new IllegalArgumentException("it has no %s".formatted(file));
    }
    try {
      return JsonParser.parseString(Files.readString(directory.resolve(file)));
    } catch (JsonParseException e) {
      throw new IllegalArgumentException("its %s is not JSON".formatted(file), e);
    }
  }

  /**
   * Reads a tensor, row by row.
   *
   * @param name the name in BERT's encoder: without the prefix {@code bert.} or {@code roberta.},
   *     and with {@code weight} and {@code bias} for what old files call {@code gamma} and {@code
   *     beta}
   * @param shape the shape that it must have
   * @throws IllegalArgumentException if it is missing or broken
   */
  public float[] read(String name, int... shape) {
    try {
      for (String candidate : names(name)) {
        for (WeightFile file : files.values()) {
          if (file.has(candidate)) {
            return file.read(candidate, shape);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot read tensor %s: %s".formatted(name, e.getMessage()), e);
    }
    throw new IllegalArgumentException("its tensor %s is missing".formatted(name));
  }

  /** Whether it has a tensor, by the names of {@link #read}. */
  public boolean has(String name) {
    return names(name).stream()
        .anyMatch(candidate -> files.values().stream().anyMatch(file -> file.has(candidate)));
  }

  private static List<String> names(String name) {
    String old =
        name.replace("LayerNorm.weight", "LayerNorm.gamma")
            .replace("LayerNorm.bias", "LayerNorm.beta");
    return Stream.of(name, old)
        .distinct()
        .flatMap(one -> PREFIXES.stream().map(prefix -> prefix + one))
        .toList();
  }

  /** Closes all files, even if one fails to close. */
  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (WeightFile file : files.values()) {
      try {
        file.close();
      } catch (IOException e) {
        failure = failure == null ? e : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
