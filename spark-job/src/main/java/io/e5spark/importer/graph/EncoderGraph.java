package io.e5spark.importer.graph;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.e5spark.importer.checkpoint.BertConfig;
import io.e5spark.importer.checkpoint.Checkpoint;
import io.e5spark.importer.checkpoint.FloatFormat;
import io.e5spark.importer.checkpoint.Matrix;
import io.e5spark.model.GraphSignature;
import io.e5spark.onnx.MeanPooling;
import io.e5spark.onnx.OnnxNodes;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A BERT encoder as an ONNX graph of ONNX Runtime's fused operators, pooling included.
 *
 * <pre>
 * input_ids, attention_mask  int64 [texts, tokens]
 * EmbedLayerNormalization    word + position + type 0 embeddings
 * a layer:
 *   Attention                query, key and value in one product [hidden, 3 hidden]
 *   MatMul, SkipLayerNormalization
 *   MatMul, BiasGelu         with erf
 *   MatMul, SkipLayerNormalization
 * MeanPooling                sentence_embedding  float [texts, hidden]
 * </pre>
 */
public final class EncoderGraph {
  /** The attention mask as the fused operators take it. */
  static final String MASK = "mask";

  /** Token vectors that attention has not seen yet. */
  static final String FIRST = hidden(0);

  /** Token vectors as pooling takes them: sums of many halves would overflow. */
  static final String LAST = "last-hidden";

  private static final List<String> ATTENTION_PARTS = List.of("query", "key", "value");

  private final Checkpoint weights;
  private final BertConfig config;
  private final GraphBuilder graph;
  private final FloatProjections exact;
  private final Projections products;
  private final Mask mask;

  private EncoderGraph(
      Checkpoint weights,
      GraphBuilder graph,
      FloatProjections exact,
      Projections products,
      Mask mask) {
    this.weights = weights;
    this.config = weights.config();
    this.graph = graph;
    this.exact = exact;
    this.products = products;
    this.mask = mask;
  }

  /** How attention is told which tokens are real. */
  private enum Mask {
    /** A number for each token, {@code [texts, tokens]}. */
    TOKENS,
    /** Real tokens of each text, {@code [texts]}: what fused attention on GPUs wants. */
    LENGTHS
  }

  /**
   * A graph in single precision.
   *
   * @param data takes the weights
   */
  public static EncoderGraph exact(Checkpoint weights, ExternalData data) {
    return exact(weights, new GraphBuilder(data, FloatFormat.F32), Mask.TOKENS);
  }

  /**
   * A graph in half precision up to pooling.
   *
   * @param data takes the weights
   * @throws IllegalArgumentException once it is written, if a weight is too large for that
   */
  static EncoderGraph half(Checkpoint weights, ExternalData data) {
    return exact(weights, new GraphBuilder(data, FloatFormat.F16), Mask.LENGTHS);
  }

  private static EncoderGraph exact(Checkpoint weights, GraphBuilder graph, Mask mask) {
    FloatProjections exact = new FloatProjections(graph, weights.config().heads());
    return new EncoderGraph(weights, graph, exact, exact, mask);
  }

  /**
   * A graph in 8-bit integers.
   *
   * @param data takes the weights
   * @param ranges of what is {@link #normalised}
   */
  static EncoderGraph quantized(Checkpoint weights, ExternalData data, ActivationRanges ranges) {
    GraphBuilder graph = new GraphBuilder(data, FloatFormat.F32);
    int heads = weights.config().heads();
    return new EncoderGraph(
        weights,
        graph,
        new FloatProjections(graph, heads),
        new Int8Projections(graph, heads, ranges),
        Mask.TOKENS);
  }

  /** The names of normalised token vectors that products take, {@code [texts, tokens, hidden]}. */
  static List<String> normalised(BertConfig config) {
    return IntStream.range(0, config.layers())
        .boxed()
        .flatMap(layer -> Stream.of(hidden(layer), layer(layer) + "first"))
        .toList();
  }

  /** The graph, whose weights have gone to the external data. */
  ModelProto model(boolean normalize) throws IOException {
    graph.input(GraphSignature.INPUT_IDS);
    graph.input(GraphSignature.ATTENTION_MASK);
    cast(GraphSignature.INPUT_IDS, "ids", TensorProto.DataType.INT32_VALUE);
    mask();
    embeddings();
    for (int layer = 0; layer < config.layers(); layer++) {
      layer(layer(layer), hidden(layer), hidden(layer + 1));
    }
    cast(hidden(config.layers()), LAST, TensorProto.DataType.FLOAT_VALUE);
    return pooled(graph.model(), normalize);
  }

  private void mask() {
    if (mask == Mask.TOKENS) {
      cast(GraphSignature.ATTENTION_MASK, MASK, TensorProto.DataType.INT32_VALUE);
      return;
    }
    cast(GraphSignature.ATTENTION_MASK, "real", TensorProto.DataType.INT32_VALUE);
    graph.constant(OnnxNodes.int64s("tokens-axis", 1));
    graph
        .node("ReduceSum", MASK, "real", "tokens-axis")
        .addAttribute(OnnxNodes.attribute("keepdims", 0L));
  }

  private static String layer(int number) {
    return "encoder.layer." + number + ".";
  }

  private static String hidden(int layer) {
    return "hidden-" + layer;
  }

  private ModelProto pooled(ModelProto.Builder model, boolean normalize)
      throws InvalidProtocolBufferException {
    model.mergeFrom(MeanPooling.tail(LAST, normalize));
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

  private void embeddings() throws IOException {
    int size = config.hidden();
    float[] positions =
        weights.read("embeddings.position_embeddings.weight", config.positions(), size);
    float[] types = weights.read("embeddings.token_type_embeddings.weight", config.types(), size);
    for (int i = 0; i < positions.length; i++) {
      positions[i] += types[i % size];
    }
    graph.weights(
        "words",
        weights.read("embeddings.word_embeddings.weight", config.vocabulary(), size),
        config.vocabulary(),
        size);
    graph.weights("positions", positions, config.positions(), size);
    norm("embeddings.LayerNorm");
    graph
        .fused(
            "EmbedLayerNormalization",
            hidden(0),
            "ids",
            "",
            "words",
            "positions",
            "",
            "embeddings.LayerNorm.weight",
            "embeddings.LayerNorm.bias")
        .addOutput("no-mask")
        .addAttribute(OnnxNodes.attribute("epsilon", config.epsilon()));
  }

  private void layer(String name, String in, String out) throws IOException {
    int size = config.hidden();
    Matrix attention = attentionWeights(name + "attention.self.");
    products.attention(name + "mixed", in, attention, attentionBias(name + "attention.self."));
    exact.product(
        name + "attended", name + "mixed", linear(name + "attention.output.dense", size, size));
    vector(name + "attention.output.dense.bias", size);
    add(name + "attention.output", name + "attended", in, name + "first");
    expand(name, name + "intermediate.dense");
    products.ofActivated(
        name + "narrow",
        name + "active",
        linear(name + "output.dense", size, config.intermediate()));
    vector(name + "output.dense.bias", size);
    add(name + "output", name + "narrow", name + "first", out);
  }

  private void expand(String name, String dense) throws IOException {
    int size = config.intermediate();
    float[] bias =
        products.ofNormalised(
            name + "wide",
            name + "first",
            linear(dense, size, config.hidden()),
            weights.read(dense + ".bias", size));
    graph.weights(dense + ".bias", bias, size);
    graph.fused("BiasGelu", name + "active", name + "wide", dense + ".bias");
  }

  /** Sum of a product, its bias and what went past it, normalised. */
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
    graph.weights(name, weights.read(name, size), size);
  }

  private Matrix linear(String name, int out, int in) throws IOException {
    String weight = name + ".weight";
    return Matrix.transposed(weight, weights.read(weight, out, in), out, in);
  }

  /** Query, key and value side by side: {@code [hidden, 3 hidden]}. */
  private Matrix attentionWeights(String name) throws IOException {
    int size = config.hidden();
    float[] all = new float[Math.multiplyExact(3, size * size)];
    for (int part = 0; part < ATTENTION_PARTS.size(); part++) {
      float[] one = weights.read(name + ATTENTION_PARTS.get(part) + ".weight", size, size);
      System.arraycopy(one, 0, all, part * size * size, size * size);
    }
    return Matrix.transposed(name + "qkv", all, 3 * size, size);
  }

  private float[] attentionBias(String name) throws IOException {
    int size = config.hidden();
    float[] all = new float[3 * size];
    for (int part = 0; part < ATTENTION_PARTS.size(); part++) {
      float[] one = weights.read(name + ATTENTION_PARTS.get(part) + ".bias", size);
      System.arraycopy(one, 0, all, part * size, size);
    }
    return all;
  }

  private void cast(String in, String out, long type) {
    graph.node("Cast", out, in).addAttribute(OnnxNodes.attribute("to", type));
  }
}
