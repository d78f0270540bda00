package io.e5spark.model;

import io.e5spark.model.card.NamedFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files of one model, laid out as Hugging Face repositories are, wherever they lie. */
public interface ModelFiles extends NamedFiles {
  /** Hugging Face's tokenizer. */
  String TOKENIZER = "tokenizer.json";

  /** The same graph for GPUs, where padding is taken out; it shares the other's weights. */
  String PACKED = "model.packed.onnx";

  /** Where the graph may be; the first that exists counts. */
  List<String> GRAPHS = List.of("model.onnx", "onnx/model.onnx");

  /** What the user calls the model: its name, or its directory. */
  String location();

  /** The last part of what the user calls it: a published model's name, if it has one. */
  default String modelName() {
    String path = location().replaceFirst("/+$", "");
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /**
   * Where the ONNX graph is.
   *
   * @throws IllegalArgumentException if there is none
   */
  default String graph() throws IOException {
    for (String graph : GRAPHS) {
      if (has(graph)) {
        return graph;
      }
    }
    throw new IllegalArgumentException(
        "Cannot use model %s: found no %s".formatted(location(), String.join(" or ", GRAPHS)));
  }

  /** The weights that the graph keeps in a file of their own, if it does. */
  default Optional<String> weights() throws IOException {
    for (String suffix : List.of("_data", ".data")) {
      if (has(graph() + suffix)) {
        return Optional.of(graph() + suffix);
      }
    }
    return Optional.empty();
  }

  /** What changes when one of the files does. */
  String stamp();

  /** All files that a session needs, the graph first. */
  default List<String> graphFiles() throws IOException {
    List<String> files = new ArrayList<>(List.of(graph()));
    weights().ifPresent(files::add);
    if (has(PACKED)) {
      files.add(PACKED);
    }
    return files;
  }
}
