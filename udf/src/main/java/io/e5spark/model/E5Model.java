package io.e5spark.model;

import io.e5spark.config.Settings;
import io.e5spark.config.Truncation;
import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A model as the driver found it; executors check theirs against it.
 *
 * @param location what the user calls the model
 * @param graphSha256 hash of the ONNX graph and its weights
 * @param tokenizerSha256 hash of {@code tokenizer.json}
 * @param signature what the graph takes and gives
 */
public record E5Model(
    String location, String graphSha256, String tokenizerSha256, GraphSignature signature)
    implements Serializable {
  /** Ids that a graph may know beyond its tokenizer's: vocabularies are rounded up. */
  private static final int SPARE_IDS = 128;

  /** Those whose files cannot change while this JVM runs. */
  private static final Map<BuiltInModel, E5Model> BUILT_IN = new ConcurrentHashMap<>();

  /**
   * Looks at a model's files.
   *
   * @throws IllegalArgumentException if they are not an encoder with its tokenizer
   */
  public static E5Model inspect(ModelFiles files) {
    return files instanceof BuiltInModel builtIn
        ? BUILT_IN.computeIfAbsent(builtIn, E5Model::look)
        : look(files);
  }

  private static E5Model look(ModelFiles files) {
    TokenizerFile tokenizer = TokenizerFile.of(files);
    ModelManifest.of(files)
        .ifPresent(
            manifest -> manifest.requireSame(ModelFiles.TOKENIZER, tokenizer.sha256(), files));
    WorkingCopy copy = WorkingCopy.of(files);
    try {
      E5Model model = inspect(files, copy, tokenizer);
      copy.keep();
      return model;
    } catch (EmbeddingException | IllegalArgumentException e) {
      copy.close();
      throw new IllegalArgumentException(
          "Cannot use model %s: %s".formatted(files.location(), e.getMessage()), e);
    }
  }

  private static E5Model inspect(ModelFiles files, WorkingCopy copy, TokenizerFile tokenizer) {
    String graphSha256 = copy.sha256();
    if (files instanceof BuiltInModel builtIn) {
      builtIn.verify(graphSha256, tokenizer.sha256());
    }
    GraphSignature signature = signature(copy, tokenizer);
    return new E5Model(files.location(), graphSha256, tokenizer.sha256(), signature);
  }

  private static GraphSignature signature(WorkingCopy copy, TokenizerFile tokenizer) {
    try (OnnxSession session = OnnxSession.inspect(copy.graph())) {
      GraphSignature signature = session.signature();
      int size = tokenizer.vocabularySize();
      if (!session.knows(size - 1, signature)) {
        throw new IllegalArgumentException(
            "its tokenizer has %d tokens, its graph fewer; they are of different models"
                .formatted(size));
      }
      if (session.knows(size + SPARE_IDS, signature)) {
        throw new IllegalArgumentException(
            "its tokenizer has %d tokens, its graph many more; they are of different models"
                .formatted(size));
      }
      return signature;
    }
  }

  /** Length of a vector. */
  public int dimension() {
    return signature.dimension();
  }

  /**
   * SHA-256 over all that decides a vector: model file, tokenizer file, pooling, normalisation,
   * prefixes, longest input, windows of longer texts. Vectors are comparable only where it is the
   * same.
   */
  public String fingerprint(Settings settings) {
    return Sha256.of(
        """
        graph %s
        tokenizer %s
        pooling mean
        normalize %s
        prefix %s
        max-tokens %d
        """
                .formatted(
                    graphSha256,
                    tokenizerSha256,
                    settings.normalize(),
                    settings.prefix() ? "e5" : "none",
                    settings.maxTokens())
            + (settings.truncate() == Truncation.WINDOW ? "truncate window\n" : ""));
  }
}
