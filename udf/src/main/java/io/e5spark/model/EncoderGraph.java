package io.e5spark.model;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.util.List;

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
final class EncoderGraph {
  private static final long IR_VERSION = 8;
  private static final long OPSET = 14;
  private static final String FUSED = "com.microsoft";

  private final Checkpoint weights;
  private final BertConfig config;
  private final ExternalData data;
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("e5");

  /**
   * A graph of these weights.
   *
   * @param data takes the weights
   */
  EncoderGraph(Checkpoint weights, ExternalData data) {
    this.weights = weights;
    this.config = weights.config();
    this.data = data;
  }

  /** The graph, whose weights have gone to the external data. */
  ModelProto model(boolean normalize) throws IOException {
    graph.addInput(input(GraphSignature.INPUT_IDS)).addInput(input(GraphSignature.ATTENTION_MASK));
    cast(GraphSignature.INPUT_IDS, "ids");
    cast(GraphSignature.ATTENTION_MASK, "mask");
    embeddings();
    for (int layer = 0; layer < config.layers(); layer++) {
      layer("encoder.layer." + layer + ".", hidden(layer), hidden(layer + 1));
    }
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(IR_VERSION).setGraph(graph);
    model.addOpsetImportBuilder().setVersion(OPSET);
    model.addOpsetImportBuilder().setDomain(FUSED).setVersion(1);
    return pooled(model, normalize);
  }

  private static String hidden(int layer) {
    return "hidden-" + layer;
  }

  private ModelProto pooled(ModelProto.Builder model, boolean normalize)
      throws InvalidProtocolBufferException {
    model.mergeFrom(MeanPooling.tail(hidden(config.layers()), normalize));
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
    initializer(
        "words",
        weights.read("embeddings.word_embeddings.weight", config.vocabulary(), size),
        config.vocabulary(),
        size);
    initializer("positions", positions, config.positions(), size);
    norm("embeddings.LayerNorm");
    fused(
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
        .addAttribute(epsilon());
  }

  private void layer(String name, String in, String out) throws IOException {
    int size = config.hidden();
    attentionWeights(name + "attention.self.");
    fused(
            "Attention",
            name + "mixed",
            in,
            name + "attention.self.qkv",
            name + "attention.self.qkv-bias",
            "mask")
        .addAttribute(integer("num_heads", config.heads()));
    linear(name + "attention.output.dense", size, size);
    product(name + "attended", name + "mixed", name + "attention.output.dense");
    add(name + "attention.output", name + "attended", in, name + "first");
    linear(name + "intermediate.dense", config.intermediate(), size);
    product(name + "wide", name + "first", name + "intermediate.dense");
    fused("BiasGelu", name + "active", name + "wide", name + "intermediate.dense.bias");
    linear(name + "output.dense", size, config.intermediate());
    product(name + "narrow", name + "active", name + "output.dense");
    add(name + "output", name + "narrow", name + "first", out);
  }

  /** Sum of a product, its bias and what went past it, normalised. */
  private void add(String name, String product, String residual, String out) throws IOException {
    norm(name + ".LayerNorm");
    fused(
            "SkipLayerNormalization",
            out,
            product,
            residual,
            name + ".LayerNorm.weight",
            name + ".LayerNorm.bias",
            name + ".dense.bias")
        .addAttribute(epsilon());
  }

  private void norm(String name) throws IOException {
    vector(name + ".weight", config.hidden());
    vector(name + ".bias", config.hidden());
  }

  private void vector(String name, int size) throws IOException {
    initializer(name, weights.read(name, size), size);
  }

  private void linear(String name, int out, int in) throws IOException {
    initializer(
        name + ".weight", transposed(weights.read(name + ".weight", out, in), out, in), in, out);
    vector(name + ".bias", out);
  }

  /** Query, key and value side by side: {@code [hidden, 3 hidden]}. */
  private void attentionWeights(String name) throws IOException {
    int size = config.hidden();
    float[] all = new float[Math.multiplyExact(3, size * size)];
    float[] bias = new float[3 * size];
    List<String> parts = List.of("query", "key", "value");
    for (int part = 0; part < parts.size(); part++) {
      float[] one = weights.read(name + parts.get(part) + ".weight", size, size);
      for (int row = 0; row < size; row++) {
        for (int column = 0; column < size; column++) {
          all[column * 3 * size + part * size + row] = one[row * size + column];
        }
      }
      System.arraycopy(
          weights.read(name + parts.get(part) + ".bias", size), 0, bias, part * size, size);
    }
    initializer(name + "qkv", all, size, 3 * size);
    initializer(name + "qkv-bias", bias, 3 * size);
  }

  private static float[] transposed(float[] matrix, int rows, int columns) {
    float[] result = new float[matrix.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        result[column * rows + row] = matrix[row * columns + column];
      }
    }
    return result;
  }

  private void initializer(String name, float[] values, int... shape) throws IOException {
    graph.addInitializer(data.write(name, values, shape));
  }

  private void product(String out, String in, String linear) {
    node("MatMul", out, in, linear + ".weight");
  }

  private void cast(String in, String out) {
    node("Cast", out, in).addAttribute(integer("to", TensorProto.DataType.INT32_VALUE));
  }

  private NodeProto.Builder fused(String operator, String out, String... in) {
    return node(operator, out, in).setDomain(FUSED);
  }

  private NodeProto.Builder node(String operator, String out, String... in) {
    return graph
        .addNodeBuilder()
        .setOpType(operator)
        .setName(out + "-node")
        .addAllInput(List.of(in))
        .addOutput(out);
  }

  private AttributeProto epsilon() {
    return AttributeProto.newBuilder()
        .setName("epsilon")
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF(config.epsilon())
        .build();
  }

  private static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private static ValueInfoProto input(String name) {
    TypeProto.Builder type = TypeProto.newBuilder();
    TypeProto.Tensor.Builder tensor = type.getTensorTypeBuilder();
    tensor.setElemType(TensorProto.DataType.INT64_VALUE);
    tensor.getShapeBuilder().addDimBuilder().setDimParam("texts");
    tensor.getShapeBuilder().addDimBuilder().setDimParam("tokens");
    return ValueInfoProto.newBuilder().setName(name).setType(type).build();
  }
}
