package io.e5spark.model;

import java.io.Serializable;

/**
 * A model as the driver found it; executors compare theirs with it.
 *
 * @param location what the user calls the model
 * @param graphSha256 the hash of the ONNX graph and its weights
 * @param tokenizerSha256 the hash of {@code tokenizer.json}
 * @param paddingId the token of the tokenizer that fills the rest of a row
 * @param signature the inputs and outputs of the graph
 * @param card what the model demands of its users
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
