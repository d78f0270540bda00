package io.e5spark.importer.graph;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.e5spark.importer.checkpoint.Checkpoint;
import io.e5spark.importer.checkpoint.EncoderConfig;
import io.e5spark.importer.checkpoint.FloatFormat;
import io.e5spark.importer.checkpoint.Matrix;
import io.e5spark.model.GraphSignature;
import io.e5spark.onnx.OnnxNodes;
import io.e5spark.onnx.PoolingTail;
import java.io.IOException;
import java.util.Map;

/**
 * A BERT or RoBERTa encoder as an ONNX graph of ONNX Runtime's fused operators, pooling included.
 *
 * <pre>
 * input_ids, attention_mask  int64 [texts, tokens]
 * {@link EmbeddingLayer}             word + position + type 0 embeddings
 * a layer:
 *   Attention                query, key and value in one product [hidden, 3 hidden]
 *   MatMul, SkipLayerNormalization
 *   MatMul, BiasGelu         with erf
 *   MatMul, SkipLayerNormalization
 * PoolingTail                sentence_embedding  float [texts, hidden]
 * </pre>
 */
public final class EncoderGraph {
  private final EncoderWeights weights;
  private final EncoderConfig config;
  private final GraphBuilder graph;
  private final FloatProjections exact;
  private final Projections products;
  private final Embeddings embeddings;
  private final AttentionMask mask;

  private EncoderGraph(
      EncoderWeights weights,
      GraphBuilder graph,
      FloatProjections exact,
      Projections products,
      Embeddings embeddings,
      AttentionMask mask) {
    this.weights = weights;
    this.config = weights.config();
    this.graph = graph;
    this.exact = exact;
    this.products = products;
    this.embeddings = embeddings;
    this.mask = mask;
  }

  /** How word vectors are stored. */
  private interface Embeddings {
    void write(EmbeddingLayer layer) throws IOException;
  }

  /**
   * A graph in single precision.
   *
   * @param data receives the weights
   */
  public static EncoderGraph exact(Checkpoint weights, ExternalData data) {
    return exact(weights, new GraphBuilder(data, FloatFormat.F32), AttentionMask.TOKENS);
  }

  /**
   * A graph in half precision up to pooling.
   *
   * @param data receives the weights
   * @throws IllegalArgumentException when it is written, if a weight is too large for half
   *     precision
   */
  static EncoderGraph half(Checkpoint weights, ExternalData data) {
    return exact(weights, new GraphBuilder(data, FloatFormat.F16), AttentionMask.LENGTHS);
  }

  private static EncoderGraph exact(Checkpoint weights, GraphBuilder graph, AttentionMask mask) {
    FloatProjections exact = new FloatProjections(graph, weights.config().heads());
    return new EncoderGraph(
        new EncoderWeights(weights), graph, exact, exact, EmbeddingLayer::write, mask);
  }

  /**
   * A graph in 8-bit integers, with word vectors in half precision.
   *
   * @param data receives the weights
   * @param ranges the ranges of what is {@link TensorNames#normalised}
   */
  static EncoderGraph quantized(
      Checkpoint weights, ExternalData data, Map<String, ActivationRange> ranges) {
    GraphBuilder graph = new GraphBuilder(data, FloatFormat.F32);
    int heads = weights.config().heads();
    return new EncoderGraph(
        new EncoderWeights(weights),
        graph,
        new FloatProjections(graph, heads),
        new Int8Projections(graph, heads, ranges),
        EmbeddingLayer::writeHalfWords,
        AttentionMask.TOKENS);
  }

  /** The graph, whose weights are in the external data. */
  ModelProto model(PoolingTail tail) throws IOException {
    graph.input(GraphSignature.INPUT_IDS);
    graph.input(GraphSignature.ATTENTION_MASK);
    graph.cast(GraphSignature.INPUT_IDS, "ids", TensorProto.DataType.INT32_VALUE);
    mask.write(graph);
    embeddings.write(new EmbeddingLayer(weights, graph));
    for (int layer = 0; layer < config.layers(); layer++) {
      layer(layer);
    }
    graph.cast(
        TensorNames.hidden(config.layers()), TensorNames.LAST, TensorProto.DataType.FLOAT_VALUE);
    return pooled(graph.model(), tail);
  }

  private ModelProto pooled(ModelProto.Builder model, PoolingTail tail)
      throws InvalidProtocolBufferException {
    model.mergeFrom(tail.behind(TensorNames.LAST));
    model
        .getGraphBuilder()
        .getOutputBuilder(0)
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .getShapeBuilder()
        .getDimBuilder(1)
        .setDimValue(config.hidden());
    return model.build();
  }

  private void layer(int number) throws IOException {
    int size = config.hidden();
    String name = TensorNames.layer(number);
    String in = TensorNames.hidden(number);
    String attended = TensorNames.attended(number);
    Matrix attention = weights.attention(name + "attention.self.");
    products.attention(
        name + "mixed", in, attention, weights.attentionBias(name + "attention.self."));
    exact.product(
        name + "attended",
        name + "mixed",
        weights.linear(name + "attention.output.dense", size, size));
    vector(name + "attention.output.dense.bias", size);
    add(name + "attention.output", name + "attended", in, attended);
    expand(name, attended, name + "intermediate.dense");
    products.ofActivated(
        name + "narrow",
        name + "active",
        weights.linear(name + "output.dense", size, config.intermediate()));
    vector(name + "output.dense.bias", size);
    add(name + "output", name + "narrow", attended, TensorNames.hidden(number + 1));
  }

  private void expand(String name, String in, String dense) throws IOException {
    int size = config.intermediate();
    float[] bias =
        products.ofNormalised(
            name + "wide",
            in,
            weights.linear(dense, size, config.hidden()),
            weights.vector(dense + ".bias", size));
    graph.weights(dense + ".bias", bias, size);
    graph.fused("BiasGelu", name + "active", name + "wide", dense + ".bias");
  }

  /** The normalized sum of a product, its bias, and the value that bypassed it. */
  private void add(String name, String product, String residual, String out) throws IOException {
    norm(name + ".LayerNorm");
    graph
        .fused(
            "SkipLayerNormalization",
            out,
            product,
            residual,
            name + ".LayerNorm.weight",
            name + ".LayerNorm.bias",
            name + ".dense.bias")
        .addAttribute(OnnxNodes.attribute("epsilon", config.epsilon()));
  }

  private void norm(String name) throws IOException {
    vector(name + ".weight", config.hidden());
    vector(name + ".bias", config.hidden());
  }

  private void vector(String name, int size) throws IOException {
    graph.weights(name, weights.vector(name, size), size);
  }
}
