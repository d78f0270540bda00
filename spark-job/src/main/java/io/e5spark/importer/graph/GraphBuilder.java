package io.e5spark.importer.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.e5spark.importer.checkpoint.FloatFormat;
import io.e5spark.onnx.OnnxNodes;
import java.io.IOException;

/** Builds an ONNX graph; large weights go into a file beside it. */
final class GraphBuilder {
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("e5");
  private final ExternalData data;
  private final FloatFormat format;

  /**
   * An empty graph.
   *
   * @param data receives the weights
   * @param format the format of weights that are floats
   */
  GraphBuilder(ExternalData data, FloatFormat format) {
    this.data = data;
    this.format = format;
  }

  /** The graph so far. */
  ModelProto.Builder model() {
    return OnnxNodes.fusedModel(graph);
  }

  /** An input {@code int64 [texts, tokens]}. */
  void input(String name) {
    graph.addInput(OnnxNodes.value(name, TensorProto.DataType.INT64_VALUE, "texts", "tokens"));
  }

  /** An operator of ONNX. */
  NodeProto.Builder node(String operator, String out, String... in) {
    return OnnxNodes.add(graph, operator, out, in);
  }

  /** One of ONNX Runtime's own operators. */
  NodeProto.Builder fused(String operator, String out, String... in) {
    return node(operator, out, in).setDomain(OnnxNodes.FUSED);
  }

  /** The numbers of a tensor in another type of {@link TensorProto.DataType}. */
  void cast(String in, String out, long type) {
    node("Cast", out, in).addAttribute(OnnxNodes.attribute("to", type));
  }

  /** Weights, in the file beside the graph. */
  void weights(String name, float[] values, int... shape) throws IOException {
    graph.addInitializer(
        format == FloatFormat.F16
            ? data.writeHalf(name, values, shape)
            : data.write(name, values, shape));
  }

  /** Weights in half precision, whatever the format of others, in the file beside the graph. */
  void halves(String name, float[] values, int... shape) throws IOException {
    graph.addInitializer(data.writeHalf(name, values, shape));
  }

  /** Weights in 8 bits, in the file beside the graph. */
  void weights(String name, byte[] values, int... shape) throws IOException {
    graph.addInitializer(data.write(name, values, shape));
  }

  /** A constant in the graph itself. */
  void constant(TensorProto value) {
    graph.addInitializer(value);
  }
}
