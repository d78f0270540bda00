package io.e5spark.importer;

import io.e5spark.importer.checkpoint.Checkpoint;
import io.e5spark.importer.checkpoint.EncoderConfig;
import io.e5spark.importer.graph.EncoderGraph;
import io.e5spark.importer.graph.GraphFiles;
import io.e5spark.importer.graph.GraphLayout;
import io.e5spark.importer.graph.PrecisionReduction;
import io.e5spark.model.CardReader;
import io.e5spark.model.ModelDirectory;
import io.e5spark.model.ModelFiles;
import io.e5spark.model.ModelManifest;
import io.e5spark.model.NumberFormat;
import io.e5spark.model.Prompts;
import io.e5spark.model.Sha256;
import io.e5spark.onnx.PoolingTail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a model directory from a Hugging Face checkpoint: its graph, its tokenizer and its
 * manifest.
 */
public final class CheckpointImport implements AutoCloseable {
  private final ModelDirectory source;
  private final Checkpoint checkpoint;
  private final ImportedTokenizer tokenizer;
  private final ImportCard card;
  private final Map<String, String> hashes = new TreeMap<>();
  private NumberFormat precision = NumberFormat.FP32;
  private ModelManifest.@Nullable Loss loss;

  private CheckpointImport(
      ModelDirectory source, CardReader reader, Checkpoint checkpoint, @Nullable Prompts prompts)
      throws IOException {
    this.source = source;
    this.checkpoint = checkpoint;
    this.tokenizer = ImportedTokenizer.of(source, reader.modules());
    reader
        .published()
        .ifPresent(
            known ->
                known.requireShape(checkpoint.config().layers(), checkpoint.config().hidden()));
    this.card = ImportCard.of(reader, tokenizer.source(), prompts);
  }

  /**
   * Examines a checkpoint.
   *
   * @param source its files in a local directory, and what the user calls it
   * @param prompts the prompts that the user wants in front of texts; null for those of the
   *     checkpoint
   * @throws IllegalArgumentException if it cannot be imported
   */
  public static CheckpointImport of(ModelDirectory source, @Nullable Prompts prompts) {
    try {
      CardReader reader = CardReader.of(source);
      reader.modules().requireServed(source);
      Checkpoint checkpoint =
          Checkpoint.open(source.directory().resolve(reader.modules().encoder()));
      try {
        return new CheckpointImport(source, reader, checkpoint, prompts);
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

  /** The name of the model, which is that of its directory. */
  public String name() {
    return source.modelName();
  }

  /** What the import would make, and why. */
  public ImportDescription description(NumberFormat wanted) {
    EncoderConfig config = checkpoint.config();
    long words = (long) config.vocabulary() * config.hidden();
    long products = config.operationsPerToken() / 2;
    String encoder = card.modules().encoder();
    return new ImportDescription(
        name(),
        encoder.isEmpty() ? "./" : encoder,
        config.hidden(),
        config.layers(),
        config.heads(),
        config.vocabulary(),
        tokenizer.source(),
        card.pooling().value().toString(),
        card.pooling().source(),
        card.modules().normalize(),
        card.prompts().value(),
        card.prompts().source(),
        card.maxTokens().value(),
        card.maxTokens().source(),
        wanted.toString(),
        ImportDescription.bytes(wanted, words, products),
        card.notes());
  }

  /** The longest input, including the special tokens. */
  public int maxTokens() {
    return card.maxTokens().value();
  }

  /** The dimension of its vectors. */
  public int dimension() {
    return checkpoint.config().hidden();
  }

  /**
   * The vectors that the definition of the encoder gives for texts of these tokens, {@code [texts,
   * dimension]}.
   *
   * @throws IllegalArgumentException if a vector is zero
   */
  public double[][] reference(int[][] texts) {
    requireKnown(texts);
    double[][] vectors =
        new ReferenceEncoder(checkpoint)
            .encode(texts, card.pooling().value(), card.modules().normalize());
    for (double[] vector : vectors) {
      if (Arrays.stream(vector).allMatch(component -> component == 0)) {
        throw new IllegalArgumentException(
            "Cannot import %s: its weights give a vector of zeros (the file may be damaged)"
                .formatted(source.location()));
      }
    }
    return vectors;
  }

  private void requireKnown(int[][] texts) {
    requireKnown(Arrays.stream(texts).flatMapToInt(IntStream::of).max().orElse(0));
  }

  /**
   * Checks that the weights know a token of the tokenizer.
   *
   * @throws IllegalArgumentException if they do not
   */
  public void requireKnown(int largest) {
    int vocabulary = checkpoint.config().vocabulary();
    if (largest >= vocabulary) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot import %s: its tokenizer has token %d, but its weights have only %d; they belong to different models",
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
          Files.write(target.resolve(ModelFiles.TOKENIZER), tokenizer.json());
          hashes.put(ModelFiles.TOKENIZER, Sha256.of(tokenizer.json()));
        });
  }

  /** Writes the graph and the weights in single precision. */
  public void writeGraph(Path target) {
    write(
        target,
        () ->
            hashes.putAll(
                new GraphFiles(target)
                    .write(data -> EncoderGraph.exact(checkpoint, data), tail())));
  }

  /**
   * Writes the graph and the weights in less than single precision.
   *
   * @param sample the tokens of typical texts
   * @throws IllegalArgumentException if this loses too much
   */
  public void writeReducedGraph(
      Path target, NumberFormat reduced, GraphLayout form, int[][] sample) {
    requireKnown(sample);
    write(
        target,
        () -> {
          PrecisionReduction.Made made =
              new PrecisionReduction(checkpoint, tail(), reduced, sample).write(target);
          hashes.putAll(made.sha256());
          if (form == GraphLayout.PACKED) {
            hashes.putAll(new GraphFiles(target).writePacked());
          }
          precision = reduced;
          loss = made.loss();
        });
  }

  private PoolingTail tail() {
    return new PoolingTail(card.pooling().value(), card.modules().normalize());
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
    EncoderConfig config = checkpoint.config();
    ModelManifest manifest =
        new ModelManifest(
            name(),
            source.location(),
            config.hidden(),
            config.layers(),
            config.heads(),
            config.vocabulary(),
            card.maxTokens().value(),
            card.pooling().value(),
            card.modules().normalize(),
            card.prompts().value(),
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
