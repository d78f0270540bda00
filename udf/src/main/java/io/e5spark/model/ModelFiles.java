package io.e5spark.model;

import io.e5spark.model.card.NamedFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files of one model, laid out like a Hugging Face repository, on whatever file system. */
public interface ModelFiles extends NamedFiles {
  /** The file of Hugging Face's tokenizer. */
  String TOKENIZER = "tokenizer.json";

  /** The graph for GPUs, which computes no padding and shares the weights of the other graph. */
  String PACKED = "model.packed.onnx";

  /** The places where the graph may be; the first one that exists counts. */
  List<String> GRAPHS = List.of("model.onnx", "onnx/model.onnx");

  /** What the user calls the model: its name, or its directory. */
  String location();

  /**
   * The last part of what the user calls the model, which is its name if it is a published model.
   */
  default String modelName() {
    String path = location().replaceFirst("/+$", "");
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /**
   * The place of the ONNX graph.
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

  /** The file with the weights, if the graph keeps them in a file of their own. */
  default Optional<String> weights() throws IOException {
    for (String suffix : List.of("_data", ".data")) {
      if (has(graph() + suffix)) {
        return Optional.of(graph() + suffix);
      }
    }
    return Optional.empty();
  }

  /** A stamp that changes when one of the files does. */
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
