package io.e5spark.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.e5spark.model.GraphSignature;

/**
 * The end of an E5 model that plain exports lack: the mean of the token vectors over real tokens,
 * then division by its norm.
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
    graph
        .addInitializer(OnnxNodes.int64s("e5/row", 0, 1, -1))
        .addInitializer(OnnxNodes.int64s("e5/flat", 0, -1));
    cast(graph);
    OnnxNodes.add(graph, "Reshape", "e5/real", "e5/mask", "e5/row");
    OnnxNodes.add(graph, "MatMul", "e5/sum", "e5/real", hidden);
    squaredNorm(graph, "e5/real", "e5/count");
    OnnxNodes.add(graph, "Div", "e5/mean", "e5/sum", "e5/count");
    if (normalize) {
      normalize(graph);
    }
    OnnxNodes.add(
        graph,
        "Reshape",
        GraphSignature.POOLED_OUTPUT,
        normalize ? "e5/unit" : "e5/mean",
        "e5/flat");
    graph.addOutput(
        OnnxNodes.value(
            GraphSignature.POOLED_OUTPUT, TensorProto.DataType.FLOAT_VALUE, "texts", "dimension"));
    return ModelProto.newBuilder().setGraph(graph).build().toByteArray();
  }

  private static void normalize(GraphProto.Builder graph) {
    graph.addInitializer(OnnxNodes.number("e5/smallest", SMALLEST_NORM));
    squaredNorm(graph, "e5/mean", "e5/square");
    OnnxNodes.add(graph, "Sqrt", "e5/root", "e5/square");
    OnnxNodes.add(graph, "Max", "e5/norm", "e5/root", "e5/smallest");
    OnnxNodes.add(graph, "Div", "e5/unit", "e5/mean", "e5/norm");
  }

  /** The sum of squares of {@code [texts, 1, n]}, as {@code [texts, 1, 1]}. */
  private static void squaredNorm(GraphProto.Builder graph, String of, String to) {
    OnnxNodes.add(graph, "Transpose", of + "-transposed", of)
        .addAttribute(OnnxNodes.attributes("perm", 0, 2, 1));
    OnnxNodes.add(graph, "MatMul", to, of, of + "-transposed");
  }

  private static void cast(GraphProto.Builder graph) {
    OnnxNodes.add(graph, "Cast", "e5/mask", GraphSignature.ATTENTION_MASK)
        .addAttribute(OnnxNodes.attribute("to", TensorProto.DataType.FLOAT_VALUE));
  }
}
