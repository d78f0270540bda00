package io.e5spark.importer.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.e5spark.importer.checkpoint.FloatFormat;
import java.io.IOException;
import java.util.List;

/** An ONNX graph in the making; large weights go to a file beside it. */
final class GraphBuilder {
  private static final long IR_VERSION = 8;
  private static final long OPSET = 14;
  private static final String FUSED = "com.microsoft";

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("e5");
  private final ExternalData data;
  private final FloatFormat format;

  /**
   * An empty graph.
   *
   * @param data takes the weights
   * @param format of weights that are floats
   */
  GraphBuilder(ExternalData data, FloatFormat format) {
    this.data = data;
    this.format = format;
  }

  /** The graph so far. */
  ModelProto.Builder model() {
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(IR_VERSION).setGraph(graph);
    model.addOpsetImportBuilder().setVersion(OPSET);
    model.addOpsetImportBuilder().setDomain(FUSED).setVersion(1);
    return model;
  }

  /** An input {@code int64 [texts, tokens]}. */
  void input(String name) {
    TypeProto.Builder type = TypeProto.newBuilder();
    TypeProto.Tensor.Builder tensor = type.getTensorTypeBuilder();
    tensor.setElemType(TensorProto.DataType.INT64_VALUE);
    tensor.getShapeBuilder().addDimBuilder().setDimParam("texts");
    tensor.getShapeBuilder().addDimBuilder().setDimParam("tokens");
    graph.addInput(ValueInfoProto.newBuilder().setName(name).setType(type));
  }

  /** An operator of ONNX. */
  NodeProto.Builder node(String operator, String out, String... in) {
    return graph
        .addNodeBuilder()
        .setOpType(operator)
        .setName(out + "-node")
        .addAllInput(List.of(in))
        .addOutput(out);
  }

  /** An operator of ONNX Runtime's own. */
  NodeProto.Builder fused(String operator, String out, String... in) {
    return node(operator, out, in).setDomain(FUSED);
  }

  /** Weights, in the file beside the graph. */
  void weights(String name, float[] values, int... shape) throws IOException {
    graph.addInitializer(
        format == FloatFormat.F16
            ? data.writeHalf(name, values, shape)
            : data.write(name, values, shape));
  }

  /** Weights in 8 bits, in the file beside the graph. */
  void weights(String name, byte[] values, int... shape) throws IOException {
    graph.addInitializer(data.write(name, values, shape));
  }

  /** A number in the graph itself. */
  void number(String name, float value) {
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addFloatData(value));
  }

  /** An axis in the graph itself. */
  void axis(String name, long axis) {
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addDims(1)
            .addInt64Data(axis));
  }

  /** An unsigned byte in the graph itself. */
  void unsigned(String name, int value) {
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.UINT8_VALUE)
            .setRawData(ByteString.copyFrom(new byte[] {(byte) value})));
  }

  static AttributeProto attribute(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  static AttributeProto attribute(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  static AttributeProto axes(long axis) {
    return AttributeProto.newBuilder()
        .setName("axes")
        .setType(AttributeProto.AttributeType.INTS)
        .addInts(axis)
        .build();
  }
}
