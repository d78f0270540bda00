package io.e5spark.importer.graph;

import io.e5spark.importer.checkpoint.Matrix;
import io.e5spark.onnx.OnnxNodes;
import java.io.IOException;

/** Products in single precision. */
record FloatProjections(GraphBuilder graph, int heads) implements Projections {
  @Override
  public void attention(String out, String in, Matrix weights, float[] bias) throws IOException {
    graph.weights(weights.name(), weights.values(), weights.in(), weights.out());
    graph.weights(weights.name() + "-bias", bias, bias.length);
    graph
        .fused("Attention", out, in, weights.name(), weights.name() + "-bias", TensorNames.MASK)
        .addAttribute(OnnxNodes.attribute("num_heads", heads));
  }

  @Override
  public float[] ofNormalised(String out, String in, Matrix weights, float[] bias)
      throws IOException {
    product(out, in, weights);
    return bias;
  }

  @Override
  public void ofActivated(String out, String in, Matrix weights) throws IOException {
    product(out, in, weights);
  }

  void product(String out, String in, Matrix weights) throws IOException {
    graph.weights(weights.name(), weights.values(), weights.in(), weights.out());
    graph.node("MatMul", out, in, weights.name());
  }
}
