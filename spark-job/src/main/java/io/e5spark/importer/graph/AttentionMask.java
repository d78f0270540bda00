package io.e5spark.importer.graph;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.e5spark.model.GraphSignature;
import io.e5spark.onnx.OnnxNodes;

/** The form in which an attention operator reads the attention mask. */
enum AttentionMask {
  /** A number for each token, {@code [texts, tokens]}. */
  TOKENS {
    @Override
    void write(GraphBuilder graph) {
      graph.cast(GraphSignature.ATTENTION_MASK, TensorNames.MASK, TensorProto.DataType.INT32_VALUE);
    }
  },

  /** The number of real tokens of each text, {@code [texts]}, for fused attention on GPUs. */
  LENGTHS {
    @Override
    void write(GraphBuilder graph) {
      graph.cast(GraphSignature.ATTENTION_MASK, "real", TensorProto.DataType.INT32_VALUE);
      graph.constant(OnnxNodes.int64s("tokens-axis", 1));
      graph
          .node("ReduceSum", TensorNames.MASK, "real", "tokens-axis")
          .addAttribute(OnnxNodes.attribute("keepdims", 0L));
    }
  };

  /** Makes this form from the input of the graph. */
  abstract void write(GraphBuilder graph);
}
