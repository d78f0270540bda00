package io.e5spark.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import io.e5spark.model.GraphSignature;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Recognizes an encoder by the inputs and outputs of its graph. */
final class SignatureReader {
  private SignatureReader() {}

  /**
   * The signature of a graph with these inputs and outputs.
   *
   * @throws IllegalArgumentException if they are not those of an encoder
   */
  static GraphSignature read(Collection<String> inputs, Map<String, NodeInfo> outputs) {
    for (String name : List.of(GraphSignature.POOLED_OUTPUT, GraphSignature.TOKEN_OUTPUT)) {
      NodeInfo output = outputs.get(name);
      if (output != null) {
        return read(inputs, output);
      }
    }
    return read(inputs, outputs.values().iterator().next());
  }

  private static GraphSignature read(Collection<String> inputs, NodeInfo output) {
    if (!(output.getInfo() instanceof TensorInfo tensor) || tensor.type != OnnxJavaType.FLOAT) {
      throw new IllegalArgumentException(
          "its output '%s' is not a tensor of floats".formatted(output.getName()));
    }
    long[] shape = tensor.getShape();
    if (shape.length != 2 && shape.length != 3) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "its output '%s' has rank %d (must be 3: [texts, tokens, dimension], or 2: [texts, dimension])",
              output.getName(),
              shape.length));
    }
    int dimension = Math.toIntExact(shape[shape.length - 1]);
    if (dimension < 1) {
      throw new IllegalArgumentException(
          "its output '%s' does not say the dimension".formatted(output.getName()));
    }
    return new GraphSignature(List.copyOf(inputs), output.getName(), shape.length == 2, dimension);
  }
}
