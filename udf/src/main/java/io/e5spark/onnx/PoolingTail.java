package io.e5spark.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.e5spark.model.GraphSignature;
import io.e5spark.model.Pooling;

/**
 * The end of an encoder, which plain exports lack: it makes one vector from the token vectors and
 * divides it by its norm.
 *
 * <p>It is a serialized model that holds nothing but these nodes. Protocol buffers merge a message
 * with the bytes that follow it, so these bytes behind an exported model make a graph with both. It
 * uses only operators that mean the same from opset 8 to 23. Its names start with {@code e5/}, so
 * they cannot clash with those of the export.
 *
 * <pre>
 * mean: mask  [texts, tokens]      -> real [texts, 1, tokens] as float
 *       real x hidden              -> sum  [texts, 1, dimension]
 *       real x real transposed     -> count [texts, 1, 1]
 *       sum / count                -> mean [texts, 1, dimension]
 * cls:  hidden of token 0          -> first [texts, 1, dimension]
 * one / max(|one|, 1e-12)          -> [texts, dimension]
 * </pre>
 *
 * @param pooling how the vectors of the tokens become one
 * @param normalize whether it is divided by its norm
 */
public record PoolingTail(Pooling pooling, boolean normalize) {
  /** The output of {@link #instead}. */
  static final String OTHER_OUTPUT = "e5/embedding";

  private static final String MEAN = "e5/mean";
  private static final String FIRST = "e5/first";
  private static final float SMALLEST_NORM = 1e-12f;

  /** The bytes to append to a model whose token vectors are called {@code hidden}. */
  public byte[] behind(String hidden) {
    GraphProto.Builder graph = GraphProto.newBuilder();
    String one =
        switch (pooling) {
          case MEAN -> mean(graph, hidden);
          case CLS -> first(graph, hidden);
        };
    return ending(graph, one, GraphSignature.POOLED_OUTPUT);
  }

  /**
   * The bytes to append to a model that already ends with such a tail, but divides by the norm
   * where this one does not, or the other way round. The model keeps its output and gets {@link
   * #OTHER_OUTPUT} beside it.
   */
  byte[] instead() {
    String one =
        switch (pooling) {
          case MEAN -> MEAN;
          case CLS -> FIRST;
        };
    return ending(GraphProto.newBuilder(), one, OTHER_OUTPUT);
  }

  private byte[] ending(GraphProto.Builder graph, String one, String output) {
    String last = normalize ? normalized(graph, one) : one;
    OnnxNodes.add(graph, "Reshape", output, last, "e5/flat");
    graph.addOutput(
        OnnxNodes.value(output, TensorProto.DataType.FLOAT_VALUE, "texts", "dimension"));
    return ModelProto.newBuilder().setGraph(graph).build().toByteArray();
  }

  private static String mean(GraphProto.Builder graph, String hidden) {
    graph
        .addInitializer(OnnxNodes.int64s("e5/row", 0, 1, -1))
        .addInitializer(OnnxNodes.int64s("e5/flat", 0, -1));
    OnnxNodes.add(graph, "Cast", "e5/mask", GraphSignature.ATTENTION_MASK)
        .addAttribute(OnnxNodes.attribute("to", TensorProto.DataType.FLOAT_VALUE));
    OnnxNodes.add(graph, "Reshape", "e5/real", "e5/mask", "e5/row");
    OnnxNodes.add(graph, "MatMul", "e5/sum", "e5/real", hidden);
    squaredNorm(graph, "e5/real", "e5/count");
    OnnxNodes.add(graph, "Div", MEAN, "e5/sum", "e5/count");
    return MEAN;
  }

  /** Padding comes after the real tokens, so the first token of every text is real. */
  private static String first(GraphProto.Builder graph, String hidden) {
    graph
        .addInitializer(OnnxNodes.int64s("e5/zero", 0))
        .addInitializer(OnnxNodes.int64s("e5/flat", 0, -1));
    OnnxNodes.add(graph, "Gather", FIRST, hidden, "e5/zero")
        .addAttribute(OnnxNodes.attribute("axis", 1L));
    return FIRST;
  }

  private static String normalized(GraphProto.Builder graph, String one) {
    graph.addInitializer(OnnxNodes.number("e5/smallest", SMALLEST_NORM));
    squaredNorm(graph, one, "e5/square");
    OnnxNodes.add(graph, "Sqrt", "e5/root", "e5/square");
    OnnxNodes.add(graph, "Max", "e5/norm", "e5/root", "e5/smallest");
    OnnxNodes.add(graph, "Div", "e5/unit", one, "e5/norm");
    return "e5/unit";
  }

  /** The sum of squares of {@code [texts, 1, n]}, as {@code [texts, 1, 1]}. */
  private static void squaredNorm(GraphProto.Builder graph, String of, String to) {
    OnnxNodes.add(graph, "Transpose", of + "-transposed", of)
        .addAttribute(OnnxNodes.attributes("perm", 0, 2, 1));
    OnnxNodes.add(graph, "MatMul", to, of, of + "-transposed");
  }
}
