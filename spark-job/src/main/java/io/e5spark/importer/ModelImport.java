package io.e5spark.importer;

import io.e5spark.embed.TextTokenizer;
import io.e5spark.importer.graph.GraphLayout;
import io.e5spark.model.ModelDirectory;
import io.e5spark.model.ModelManifest;
import io.e5spark.model.NumberFormat;
import io.e5spark.model.TokenizerFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Makes a complete model directory from a Hugging Face checkpoint, or nothing. */
public final class ModelImport {
  /** Texts of a few tokens to many, without special tokens. */
  private static final List<String> TEXTS =
      List.of(
          "query: salt",
          "query: how much protein should a female eat",
          "passage: The moon rises about fifty minutes later each day, since it moves on along its way"
              + " around the earth while the earth turns.",
          "passage: Bread that is baked too hot gets dark outside before it is done inside. Bakers"
              + " turn the oven down after ten minutes, leave the door ajar for the last five, and"
              + " knock on the bottom of the loaf: it sounds hollow when it is ready. Ünïcödé, 漢字"
              + " and 42.5 % are read as well.");

  private ModelImport() {}

  /** Imports a checkpoint as a padded graph, with its own prompts. */
  public static ModelManifest create(ModelDirectory from, Path to, NumberFormat precision) {
    return create(from, to, precision, GraphLayout.PADDED);
  }

  /** Imports a checkpoint with its own prompts. */
  public static ModelManifest create(
      ModelDirectory from, Path to, NumberFormat precision, GraphLayout form) {
    return create(from, to, new ImportRequest(precision, form, null));
  }

  /**
   * Describes what an import would make of a checkpoint, without writing anything.
   *
   * @param from its files in a local directory, and what the user calls it
   * @throws IllegalArgumentException if the checkpoint cannot be imported
   */
  public static ImportDescription describe(ModelDirectory from, ImportRequest request) {
    try (CheckpointImport source = CheckpointImport.of(from, request.prompts())) {
      return source.description(request.precision());
    }
  }

  /**
   * Imports a checkpoint. The directory appears when it is complete.
   *
   * @param from its files in a local directory, and what the user calls it
   * @param to must not exist
   * @throws IllegalArgumentException if the checkpoint cannot be imported, or the target exists
   */
  public static ModelManifest create(ModelDirectory from, Path to, ImportRequest request) {
    Path target = to.toAbsolutePath();
    if (Files.exists(target)) {
      throw new IllegalArgumentException(
          "Cannot import to %s: it already exists (name a new directory)".formatted(to));
    }
    try (CheckpointImport source = CheckpointImport.of(from, request.prompts());
        UnfinishedDirectory unfinished = UnfinishedDirectory.beside(target)) {
      ModelManifest manifest = write(source, unfinished.path(), request);
      unfinished.complete();
      return manifest;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write %s: %s".formatted(to, e.getMessage()), e);
    }
  }

  private static ModelManifest write(
      CheckpointImport source, Path directory, ImportRequest request) {
    source.writeTokenizer(directory);
    TokenizerFile tokenizer = TokenizerFile.of(ModelDirectory.at(directory));
    source.requireKnown(tokenizer.vocabularySize() - 1);
    int[][] ids = tokens(tokenizer, source.maxTokens(), TEXTS);
    if (request.precision() == NumberFormat.FP32) {
      source.writeGraph(directory);
    } else {
      int[][] sample = tokens(tokenizer, source.maxTokens(), SampleTexts.read());
      source.writeReducedGraph(directory, request.precision(), request.layout(), sample);
    }
    double[][] vectors = source.reference(ids);
    List<ModelManifest.Golden> golden = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      golden.add(
          new ModelManifest.Golden(
              TEXTS.get(i),
              IntStream.of(ids[i]).boxed().toList(),
              Arrays.stream(vectors[i]).boxed().toList()));
    }
    Map<String, String> versions = Map.of("java", Runtime.version().toString());
    return source.writeManifest(directory, golden, versions);
  }

  private static int[][] tokens(TokenizerFile file, int maxTokens, List<String> texts) {
    try (TextTokenizer tokenizer = TextTokenizer.of(file)) {
      return texts.stream()
          .map(text -> tokenizer.tokenize("", text, maxTokens).ids())
          .toArray(int[][]::new);
    }
  }
}
