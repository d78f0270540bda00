package io.e5spark.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.util.List;
import java.util.stream.LongStream;

/** The parts of graphs. Equal arguments give equal bytes, on which the hashes of graphs rely. */
public final class OnnxNodes {
  /** The domain of ONNX Runtime's own operators. */
  public static final String FUSED = "com.microsoft";

  private static final long IR_VERSION = 8;
  private static final long OPSET = 14;

  private OnnxNodes() {}

  /** A model of this graph, in the one version of ONNX that all graphs use. */
  public static ModelProto.Builder model(GraphProto.Builder graph) {
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(IR_VERSION).setGraph(graph);
    model.addOpsetImportBuilder().setVersion(OPSET);
    return model;
  }

  /** A model that may also use ONNX Runtime's own operators. */
  public static ModelProto.Builder fusedModel(GraphProto.Builder graph) {
    ModelProto.Builder model = model(graph);
    model.addOpsetImportBuilder().setDomain(FUSED).setVersion(1);
    return model;
  }

  /** Adds an operator with one output, which has the name of the operator. */
  public static NodeProto.Builder add(
      GraphProto.Builder graph, String operator, String output, String... inputs) {
    return graph
        .addNodeBuilder()
        .setOpType(operator)
        .setName(output + "-node")
        .addAllInput(List.of(inputs))
        .addOutput(output);
  }

  public static AttributeProto attribute(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  public static AttributeProto attribute(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  /** A list of whole numbers, even if it has only one. */
  public static AttributeProto attributes(String name, long... values) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INTS)
        .addAllInts(LongStream.of(values).boxed().toList())
        .build();
  }

  /** Whole numbers in the graph itself, {@code [values]}. */
  public static TensorProto int64s(String name, long... values) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(TensorProto.DataType.INT64_VALUE)
        .addDims(values.length)
        .addAllInt64Data(LongStream.of(values).boxed().toList())
        .build();
  }

  /** A number in the graph itself, without axes. */
  public static TensorProto number(String name, float value) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(TensorProto.DataType.FLOAT_VALUE)
        .addFloatData(value)
        .build();
  }

  /** An unsigned byte in the graph itself, without axes. */
  public static TensorProto unsignedByte(String name, int value) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(TensorProto.DataType.UINT8_VALUE)
        .setRawData(ByteString.copyFrom(new byte[] {(byte) value}))
        .build();
  }

  /**
   * An input or output of a graph, whose sizes may vary.
   *
   * @param type a type of {@link TensorProto.DataType}
   * @param axes the names of its axes; axes with one name have one size
   */
  public static ValueInfoProto value(String name, int type, String... axes) {
    ValueInfoProto.Builder value = ValueInfoProto.newBuilder().setName(name);
    var tensor = value.getTypeBuilder().getTensorTypeBuilder().setElemType(type);
    for (String axis : axes) {
      tensor.getShapeBuilder().addDimBuilder().setDimParam(axis);
    }
    return value.build();
  }
}
