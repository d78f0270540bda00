package io.e5spark.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import io.e5spark.model.GraphSignature;
import java.util.HashMap;
import java.util.Map;

/** The input tensors of a batch, which use its memory directly. */
final class InputTensors implements AutoCloseable {
  private final Map<String, OnnxTensor> byName = new HashMap<>();

  InputTensors(TokenBatch batch, GraphSignature signature) throws OrtException {
    long[] shape = {batch.texts(), batch.tokens()};
    try {
      for (String name : signature.inputs()) {
        byName.put(
            name, OnnxTensor.createTensor(OnnxRuntime.environment(), batch.input(name), shape));
      }
    } catch (OrtException | RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  Map<String, OnnxTensor> byName() {
    return byName;
  }

  @Override
  public void close() {
    byName.values().forEach(OnnxTensor::close);
  }
}
