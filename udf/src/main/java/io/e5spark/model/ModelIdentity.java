package io.e5spark.model;

import io.e5spark.config.Settings;
import io.e5spark.config.Truncation;
import java.io.Serializable;
import java.util.Locale;

/**
 * A model as the driver found it; executors check theirs against it.
 *
 * @param location what the user calls the model
 * @param graphSha256 hash of the ONNX graph and its weights
 * @param tokenizerSha256 hash of {@code tokenizer.json}
 * @param signature what the graph takes and gives
 */
public record ModelIdentity(
    String location, String graphSha256, String tokenizerSha256, GraphSignature signature)
    implements Serializable {
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
        String.format(
                Locale.ROOT,
                """
        graph %s
        tokenizer %s
        pooling mean
        normalize %s
        prefix %s
        max-tokens %d
        """,
                graphSha256,
                tokenizerSha256,
                settings.normalize(),
                settings.prefix() ? "e5" : "none",
                settings.maxTokens())
            + (settings.truncate() == Truncation.WINDOW ? "truncate window\n" : ""));
  }
}
