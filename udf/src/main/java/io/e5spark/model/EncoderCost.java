package io.e5spark.model;

import java.util.Optional;

/**
 * The floating-point operations of an encoder.
 *
 * @param perToken the operations of its products with weights, for one token
 * @param attentionPerToken the operations of attention, for one token and each token of its text
 */
public record EncoderCost(long perToken, long attentionPerToken) {

  /** The feed-forward parts of BERT are four times as wide as its token vectors. */
  private static final int USUAL_WIDTH = 4;

  /**
   * The cost of an encoder of BERT's architecture.
   *
   * @param hidden the dimension of a token vector
   * @param intermediate the dimension inside the feed-forward part
   */
  public static EncoderCost of(int layers, int hidden, int intermediate) {
    long weights = 4L * hidden * hidden + 2L * hidden * intermediate;
    return new EncoderCost(2L * layers * weights, attention(layers, hidden));
  }

  /** The cost of an imported or a published model; empty for others. */
  public static Optional<EncoderCost> of(ModelFiles files) {
    return ModelManifest.of(files)
        .map(EncoderCost::of)
        .or(() -> PublishedModel.named(files.location()).map(EncoderCost::of));
  }

  private static EncoderCost of(ModelManifest model) {
    return new EncoderCost(
        model.operationsPerToken(), attention(model.layers(), model.dimension()));
  }

  private static EncoderCost of(PublishedModel model) {
    return of(model.layers(), model.dimension(), USUAL_WIDTH * model.dimension());
  }

  /** Scores and sums: two products per token, each with a row of the hidden size. */
  private static long attention(int layers, int hidden) {
    return 4L * layers * hidden;
  }

  /** The operations for one token of a text with so many tokens. */
  public double operations(int tokens) {
    return perToken + (double) attentionPerToken * tokens;
  }
}
