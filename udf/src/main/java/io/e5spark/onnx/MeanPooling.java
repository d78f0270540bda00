package io.e5spark.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.e5spark.model.GraphSignature;
import java.util.List;

/**
 * The end of an E5 model that plain exports lack: the mean of the token vectors over real tokens,
 * then division by its length.
 *
 * <p>It is a serialized model that holds nothing but these nodes. Protocol buffers merge a message
 * with the bytes that follow it, so these bytes behind an exported model make a graph with both.
 * Only operators that mean the same from opset 8 to 23 are used. Names start with {@code e5/}, so
 * that they meet none of the export's.
 *
 * <pre>
 * mask  [texts, tokens]      -> real [texts, 1, tokens] as float
 * real x hidden              -> sum  [texts, 1, dimension]
 * real x real transposed     -> count [texts, 1, 1]
 * sum / count                -> mean [texts, 1, dimension]
 * mean / max(|mean|, 1e-12)  -> [texts, dimension]
 * </pre>
 */
public final class MeanPooling {
  private static final float SMALLEST_NORM = 1e-12f;

  private MeanPooling() {}

  /** The bytes to append to a model whose token vectors are called {@code hidden}. */
  public static byte[] tail(String hidden, boolean normalize) {
    GraphProto.Builder graph = GraphProto.newBuilder();
    graph.addInitializer(int64("e5/row", 0, 1, -1)).addInitializer(int64("e5/flat", 0, -1));
    cast(graph);
    node(graph, "Reshape", "e5/real", "e5/mask", "e5/row");
    node(graph, "MatMul", "e5/sum", "e5/real", hidden);
    length(graph, "e5/real", "e5/count");
    node(graph, "Div", "e5/mean", "e5/sum", "e5/count");
    if (normalize) {
      normalize(graph);
    }
    node(
        graph,
        "Reshape",
        GraphSignature.POOLED_OUTPUT,
        normalize ? "e5/unit" : "e5/mean",
        "e5/flat");
    graph.addOutput(output());
    return ModelProto.newBuilder().setGraph(graph).build().toByteArray();
  }

  private static void normalize(GraphProto.Builder graph) {
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName("e5/smallest")
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addFloatData(SMALLEST_NORM));
    length(graph, "e5/mean", "e5/square");
    node(graph, "Sqrt", "e5/root", "e5/square");
    node(graph, "Max", "e5/norm", "e5/root", "e5/smallest");
    node(graph, "Div", "e5/unit", "e5/mean", "e5/norm");
  }

  /** The sum of squares of {@code [texts, 1, n]}, as {@code [texts, 1, 1]}. */
  private static void length(GraphProto.Builder graph, String of, String to) {
    AttributeProto swapLast =
        AttributeProto.newBuilder()
            .setName("perm")
            .setType(AttributeProto.AttributeType.INTS)
            .addAllInts(List.of(0L, 2L, 1L))
            .build();
    node(graph, "Transpose", of + "-transposed", of).addAttribute(swapLast);
    node(graph, "MatMul", to, of, of + "-transposed");
  }

  private static void cast(GraphProto.Builder graph) {
    node(graph, "Cast", "e5/mask", GraphSignature.ATTENTION_MASK)
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("to")
                .setType(AttributeProto.AttributeType.INT)
                .setI(TensorProto.DataType.FLOAT_VALUE));
  }

  private static NodeProto.Builder node(
      GraphProto.Builder graph, String operator, String output, String... inputs) {
    return graph
        .addNodeBuilder()
        .setOpType(operator)
        .setName(output + "-node")
        .addAllInput(List.of(inputs))
        .addOutput(output);
  }

  private static TensorProto int64(String name, long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addDims(values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    return tensor.build();
  }

  private static ValueInfoProto output() {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimParam("texts");
    shape.addDimBuilder().setDimParam("dimension");
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT_VALUE)
            .setShape(shape)
            .build();
    return ValueInfoProto.newBuilder()
        .setName(GraphSignature.POOLED_OUTPUT)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
