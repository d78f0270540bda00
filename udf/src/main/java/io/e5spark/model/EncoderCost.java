package io.e5spark.model;

import java.util.Optional;

/**
 * Floating-point operations of an encoder.
 *
 * @param perToken those of its products by weights, for one token
 * @param attentionPerToken those of attention, for one token and each token of its text
 */
public record EncoderCost(long perToken, long attentionPerToken) {

  /** That of an imported model, or of a published one; empty for others. */
  public static Optional<EncoderCost> of(ModelFiles files) {
    return ModelManifest.of(files)
        .map(
            manifest ->
                new EncoderCost(
                    manifest.operationsPerToken(),
                    attention(manifest.layers(), manifest.dimension())))
        .or(() -> PublishedModel.named(files.location()).map(PublishedModel::cost));
  }

  /** Scores and sums: two products with a row of the hidden size each. */
  static long attention(int layers, int hidden) {
    return 4L * layers * hidden;
  }

  /** Operations for one token of a text of so many. */
  public double operations(int tokens) {
    return perToken + (double) attentionPerToken * tokens;
  }
}
