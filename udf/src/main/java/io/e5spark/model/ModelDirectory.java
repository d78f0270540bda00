package io.e5spark.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A model in a local directory, laid out as Hugging Face repositories are.
 *
 * @param location the directory as the user named it
 * @param graph its {@code model.onnx}
 * @param tokenizer its {@code tokenizer.json}
 */
public record ModelDirectory(String location, Path graph, Path tokenizer) implements ModelFiles {
  /** Where the graph may lie in a model directory, the first that exists counts. */
  public static final List<String> GRAPHS = List.of("model.onnx", "onnx/model.onnx");

  /** Where the tokenizer lies in a model directory. */
  public static final String TOKENIZER = "tokenizer.json";

  /** What follows the graph's name where the weights are in a file of their own. */
  public static final List<String> WEIGHTS_SUFFIXES = List.of("_data", ".data");

  static ModelDirectory at(String location) {
    Path directory = Path.of(location);
    if (!Files.isDirectory(directory)) {
      throw new IllegalArgumentException(
          "Cannot use model %s: it is neither a built-in model %s nor a directory"
              .formatted(location, BuiltInModel.names()));
    }
    return new ModelDirectory(
        location,
        first(location, GRAPHS.stream().map(directory::resolve)),
        first(location, Stream.of(directory.resolve(TOKENIZER))));
  }

  @Override
  public InputStream openGraph() throws IOException {
    return Files.newInputStream(graph);
  }

  @Override
  public InputStream openTokenizer() throws IOException {
    return Files.newInputStream(tokenizer);
  }

  @Override
  public Optional<Path> externalWeights() {
    return WEIGHTS_SUFFIXES.stream()
        .map(suffix -> graph.resolveSibling(graph.getFileName() + suffix))
        .filter(Files::exists)
        .findFirst();
  }

  private static Path first(String location, Stream<Path> candidates) {
    List<Path> paths = candidates.toList();
    return paths.stream()
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot use model %s: found no %s"
                        .formatted(
                            location,
                            String.join(" or ", paths.stream().map(Path::toString).toList()))));
  }
}
