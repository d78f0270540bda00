package io.e5spark.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** The files of one model, wherever they are. */
public sealed interface ModelFiles permits BuiltInModel, ModelDirectory {

  /** What the user calls the model: its name, or its directory. */
  String location();

  /** The ONNX graph, from its first byte. */
  InputStream openGraph() throws IOException;

  /** Hugging Face's {@code tokenizer.json}. */
  InputStream openTokenizer() throws IOException;

  /** The weights that the graph keeps in a file of their own, if it does. */
  Optional<Path> externalWeights();

  /**
   * The built-in model of this name, or the directory at this local path.
   *
   * @throws IllegalArgumentException if there is neither, or the directory lacks a file
   */
  static ModelFiles at(String location) {
    Optional<BuiltInModel> builtIn = BuiltInModel.named(location);
    return builtIn.isPresent() ? builtIn.get() : ModelDirectory.at(location);
  }
}
