package io.e5spark.importer.graph;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.e5spark.importer.checkpoint.EncoderConfig;
import io.e5spark.onnx.OnnxNodes;
import java.io.IOException;

/**
 * The beginning of an encoder's graph: the normalized sum of word, position and token type 0. Word
 * vectors are most of a multilingual model, and half precision is enough for them.
 *
 * @param graph the graph that gets the layer
 */
record EmbeddingLayer(EncoderWeights weights, GraphBuilder graph) {
  private static final String NORM = "embeddings.LayerNorm";
  private static final String SCALE = NORM + ".weight";
  private static final String BIAS = NORM + ".bias";

  /** All weights in the graph's own format. */
  void write() throws IOException {
    float[] positions = weights.positions();
    graph.weights("words", weights.words(), config().vocabulary(), config().hidden());
    rest(positions);
    graph
        .fused(
            "EmbedLayerNormalization",
            TensorNames.FIRST,
            "ids",
            "",
            "words",
            "positions",
            "",
            SCALE,
            BIAS)
        .addOutput("no-mask")
        .addAttribute(OnnxNodes.attribute("epsilon", config().epsilon()));
  }

  /** Word vectors in half precision, and the rest in the graph's own format. */
  void writeHalfWords() throws IOException {
    float[] positions = weights.positions();
    graph.halves("words", weights.words(), config().vocabulary(), config().hidden());
    rest(positions);
    graph.node("Gather", "half-words", "words", "ids");
    graph.cast("half-words", "text-words", TensorProto.DataType.FLOAT_VALUE);
    textPositions();
    graph
        .fused(
            "SkipLayerNormalization",
            TensorNames.FIRST,
            "text-words",
            "text-positions",
            SCALE,
            BIAS)
        .addAttribute(OnnxNodes.attribute("epsilon", config().epsilon()));
  }

  /** The vectors of as many positions as the batch has tokens, {@code [tokens, hidden]}. */
  private void textPositions() {
    graph.constant(OnnxNodes.int64s("first-position", 0));
    graph.constant(OnnxNodes.int64s("second-axis", 1));
    graph.node("Shape", "batch-shape", "ids");
    graph.node("Gather", "batch-tokens", "batch-shape", "second-axis");
    graph.node("Slice", "text-positions", "positions", "first-position", "batch-tokens");
  }

  private void rest(float[] positions) throws IOException {
    int size = config().hidden();
    graph.weights("positions", positions, config().positions(), size);
    graph.weights(SCALE, weights.vector(SCALE, size), size);
    graph.weights(BIAS, weights.vector(BIAS, size), size);
  }

  private EncoderConfig config() {
    return weights.config();
  }
}
