package io.e5spark.model;

import java.io.Serializable;

/**
 * A model as the driver found it; executors check theirs against it.
 *
 * @param location what the user calls the model
 * @param graphSha256 hash of the ONNX graph and its weights
 * @param tokenizerSha256 hash of {@code tokenizer.json}
 * @param paddingId the tokenizer's token for what is behind the end of a text
 * @param signature what the graph takes and gives
 * @param card what the model asks of whoever uses it
 */
public record ModelIdentity(
    String location,
    String graphSha256,
    String tokenizerSha256,
    int paddingId,
    GraphSignature signature,
    ModelCard card)
    implements Serializable {
  /** The dimension of a vector. */
  public int dimension() {
    return signature.dimension();
  }
}
