package io.e5spark.importer;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.e5spark.importer.checkpoint.BertConfig;
import io.e5spark.importer.checkpoint.Checkpoint;
import io.e5spark.importer.graph.EncoderGraph;
import io.e5spark.importer.graph.GraphFiles;
import io.e5spark.importer.graph.GraphLayout;
import io.e5spark.importer.graph.PrecisionReduction;
import io.e5spark.model.ModelDirectory;
import io.e5spark.model.ModelFiles;
import io.e5spark.model.ModelManifest;
import io.e5spark.model.NumberFormat;
import io.e5spark.model.PublishedModel;
import io.e5spark.model.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes a model directory of a Hugging Face checkpoint: its graph, tokenizer and manifest. */
public final class CheckpointImport implements AutoCloseable {
  private static final List<String> MODULES = List.of("Transformer", "Pooling", "Normalize");

  private final ModelDirectory source;
  private final Checkpoint checkpoint;
  private final boolean normalize;
  private final int maxTokens;
  private final Map<String, String> hashes = new TreeMap<>();
  private NumberFormat precision = NumberFormat.FP32;
  private ModelManifest.@Nullable Loss loss;

  private CheckpointImport(ModelDirectory source, Checkpoint checkpoint) throws IOException {
    this.source = source;
    this.checkpoint = checkpoint;
    if (!checkpoint.exists(ModelFiles.TOKENIZER)) {
      throw new IllegalArgumentException("it has no " + ModelFiles.TOKENIZER);
    }
    PublishedModel.named(name())
        .ifPresent(
            known ->
                known.requireShape(checkpoint.config().layers(), checkpoint.config().hidden()));
    requireMeanPooling();
    this.normalize = isNormalized();
    this.maxTokens = longestInput();
  }

  /**
   * Looks at a checkpoint.
   *
   * @param source its files in a local directory, and what the user calls it
   * @throws IllegalArgumentException if it cannot be imported
   */
  public static CheckpointImport of(ModelDirectory source) {
    try {
      Checkpoint checkpoint = Checkpoint.open(source.directory());
      try {
        return new CheckpointImport(source, checkpoint);
      } catch (IOException | RuntimeException e) {
        checkpoint.close();
        throw e;
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Cannot import %s: %s".formatted(source.location(), e.getMessage()), e);
    } catch (IllegalStateException
        | NullPointerException
        | ClassCastException
        | UnsupportedOperationException e) {
      throw new IllegalArgumentException(
          "Cannot import %s: one of its JSON files has an unexpected form"
              .formatted(source.location()),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot import %s: %s".formatted(source.location(), e.getMessage()), e);
    }
  }

  /** The model's name: that of its directory. */
  public String name() {
    return source.directory().toAbsolutePath().normalize().getFileName().toString();
  }

  private void requireMeanPooling() throws IOException {
    if (!checkpoint.exists("1_Pooling/config.json")) {
      return;
    }
    JsonObject pooling = checkpoint.json("1_Pooling/config.json");
    List<String> modes = new ArrayList<>();
    for (Map.Entry<String, JsonElement> entry : pooling.entrySet()) {
      boolean on =
          entry.getValue().isJsonPrimitive() && entry.getValue().getAsString().equals("true");
      if (entry.getKey().startsWith("pooling_mode_") && on) {
        modes.add(entry.getKey());
      }
    }
    if (!modes.equals(List.of("pooling_mode_mean_tokens"))) {
      throw new IllegalArgumentException(
          "its pooling is %s (must be pooling_mode_mean_tokens)".formatted(modes));
    }
  }

  private boolean isNormalized() throws IOException {
    if (!checkpoint.exists("modules.json")) {
      return true;
    }
    boolean normalized = false;
    for (JsonElement module : checkpoint.parse("modules.json").getAsJsonArray()) {
      String type = module.getAsJsonObject().get("type").getAsString();
      String kind = type.substring(type.lastIndexOf('.') + 1);
      if (!MODULES.contains(kind)) {
        throw new IllegalArgumentException(
            "its modules.json has a %s (must be of %s)".formatted(kind, MODULES));
      }
      normalized |= kind.equals("Normalize");
    }
    return normalized;
  }

  private int longestInput() throws IOException {
    int positions = checkpoint.config().positions();
    if (!checkpoint.exists("sentence_bert_config.json")) {
      return positions;
    }
    JsonElement length = checkpoint.json("sentence_bert_config.json").get("max_seq_length");
    return length == null || length.isJsonNull()
        ? positions
        : Math.min(positions, length.getAsInt());
  }

  /** Longest input, special tokens included. */
  public int maxTokens() {
    return maxTokens;
  }

  /** Length of a vector. */
  public int dimension() {
    return checkpoint.config().hidden();
  }

  /** What the encoder's definition gives for texts of these tokens, {@code [texts, dimension]}. */
  public double[][] reference(int[][] texts) {
    requireKnown(texts);
    return new ReferenceEncoder(checkpoint).encode(texts, normalize);
  }

  private void requireKnown(int[][] texts) {
    int vocabulary = checkpoint.config().vocabulary();
    int largest = Arrays.stream(texts).flatMapToInt(IntStream::of).max().orElse(0);
    if (largest >= vocabulary) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot import %s: its tokenizer gives token %d, its weights know %d; they are of different models",
              source.location(),
              largest,
              vocabulary));
    }
  }

  /**
   * Writes the tokenizer.
   *
   * @param target an empty directory
   */
  public void writeTokenizer(Path target) {
    write(
        target,
        () -> {
          byte[] tokenizer = Files.readAllBytes(source.directory().resolve(ModelFiles.TOKENIZER));
          Files.write(target.resolve(ModelFiles.TOKENIZER), tokenizer);
          hashes.put(ModelFiles.TOKENIZER, Sha256.of(tokenizer));
        });
  }

  /** Writes graph and weights in single precision. */
  public void writeGraph(Path target) {
    write(
        target,
        () ->
            hashes.putAll(
                new GraphFiles(target)
                    .write(data -> EncoderGraph.exact(checkpoint, data), normalize)));
  }

  /**
   * Writes graph and weights in less than single precision.
   *
   * @param sample tokens of texts as the model will see them
   * @throws IllegalArgumentException if that loses too much
   */
  public void writeReducedGraph(
      Path target, NumberFormat reduced, GraphLayout form, int[][] sample) {
    requireKnown(sample);
    write(
        target,
        () -> {
          PrecisionReduction.Made made =
              new PrecisionReduction(checkpoint, normalize, reduced, sample).write(target);
          hashes.putAll(made.sha256());
          if (form == GraphLayout.PACKED) {
            hashes.putAll(new GraphFiles(target).writePacked());
          }
          precision = reduced;
          loss = made.loss();
        });
  }

  private interface Step {
    void run() throws IOException;
  }

  private void write(Path target, Step step) {
    try {
      step.run();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Cannot import %s: %s".formatted(source.location(), e.getMessage()), e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write %s: %s".formatted(target, e.getMessage()), e);
    }
  }

  /** Writes the manifest of the files that were written. */
  public ModelManifest writeManifest(
      Path target, List<ModelManifest.Golden> golden, Map<String, String> versions) {
    BertConfig config = checkpoint.config();
    ModelManifest manifest =
        new ModelManifest(
            name(),
            source.location(),
            config.hidden(),
            config.layers(),
            config.heads(),
            config.vocabulary(),
            maxTokens,
            "mean",
            normalize,
            "e5",
            precision,
            loss,
            config.operationsPerToken(),
            hashes,
            versions,
            golden);
    try {
      Files.writeString(target.resolve(ModelManifest.FILE), manifest.json());
      return manifest;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write %s: %s".formatted(target, e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    try {
      checkpoint.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot close " + source.location(), e);
    }
  }
}
