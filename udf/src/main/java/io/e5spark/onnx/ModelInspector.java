package io.e5spark.onnx;

import io.e5spark.model.BuiltInModel;
import io.e5spark.model.EmbeddingException;
import io.e5spark.model.GraphSignature;
import io.e5spark.model.ModelCard;
import io.e5spark.model.ModelFiles;
import io.e5spark.model.ModelIdentity;
import io.e5spark.model.ModelManifest;
import io.e5spark.model.TokenizerFile;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Finds out what the files of a model are, without keeping a session open. */
public final class ModelInspector {
  /**
   * The ids that a graph may have beyond those of its tokenizer, because vocabularies are rounded
   * up.
   */
  private static final int SPARE_IDS = 128;

  /** The models whose files cannot change while this JVM runs. */
  private static final Map<BuiltInModel, ModelIdentity> BUILT_IN = new ConcurrentHashMap<>();

  private ModelInspector() {}

  /**
   * Inspects the files of a model.
   *
   * @throws IllegalArgumentException if they are not an encoder with its tokenizer
   */
  public static ModelIdentity inspect(ModelFiles files) {
    return files instanceof BuiltInModel builtIn
        ? BUILT_IN.computeIfAbsent(builtIn, BuiltInModel::identity)
        : look(files);
  }

  private static ModelIdentity look(ModelFiles files) {
    TokenizerFile tokenizer = TokenizerFile.of(files);
    ModelManifest.of(files)
        .ifPresent(
            manifest -> manifest.requireSame(ModelFiles.TOKENIZER, tokenizer.sha256(), files));
    try (VerifiedCopy copy = VerifiedCopy.of(files, new byte[0])) {
      return inspect(files, copy, tokenizer);
    }
  }

  private static ModelIdentity inspect(
      ModelFiles files, VerifiedCopy copy, TokenizerFile tokenizer) {
    try {
      GraphSignature signature = signature(copy, tokenizer);
      ModelCard card = ModelCard.of(files, signature);
      return new ModelIdentity(
          files.location(),
          copy.sha256(),
          tokenizer.sha256(),
          tokenizer.paddingId(),
          signature,
          card);
    } catch (EmbeddingException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Cannot use model %s: %s".formatted(files.location(), e.getMessage()), e);
    }
  }

  private static GraphSignature signature(VerifiedCopy copy, TokenizerFile tokenizer) {
    try (OnnxSession session = OnnxSession.inspect(copy.graph())) {
      GraphSignature signature = session.signature();
      int size = tokenizer.vocabularySize();
      if (!session.knows(size - 1, signature)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "its tokenizer has %d tokens, and its graph has fewer; they belong to different models",
                size));
      }
      if (session.knows(size + SPARE_IDS, signature)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "its tokenizer has %d tokens, and its graph has many more; they belong to different models",
                size));
      }
      return signature;
    }
  }
}
