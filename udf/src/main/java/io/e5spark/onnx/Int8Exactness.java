package io.e5spark.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.e5spark.model.EmbeddingException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;

/**
 * Whether this processor multiplies unsigned by signed bytes exactly. Without the VNNI
 * instructions, two products are added up in 16 bits, which overflow for the largest products.
 */
final class Int8Exactness {
  /** At least as many as a kernel processes at once. */
  private static final int SIDE = 64;

  private static final byte UNSIGNED = (byte) 255;
  private static final byte SIGNED = 127;
  private static final boolean EXACT = measure();

  private Int8Exactness() {}

  static boolean exact() {
    return EXACT;
  }

  private static boolean measure() {
    OrtEnvironment environment = OnnxRuntime.environment();
    try (SessionOptions options = new SessionOptions();
        OrtSession session = environment.createSession(graph(), options);
        OnnxTensor left = matrix(UNSIGNED, OnnxJavaType.UINT8);
        OnnxTensor right = matrix(SIGNED, OnnxJavaType.INT8);
        OrtSession.Result result = session.run(Map.of("left", left, "right", right))) {
      int expected = Byte.toUnsignedInt(UNSIGNED) * SIGNED * SIDE;
      return Arrays.stream((int[][]) result.get(0).getValue())
          .flatMapToInt(Arrays::stream)
          .allMatch(value -> value == expected);
    } catch (OrtException e) {
      throw new EmbeddingException("Cannot multiply integers: " + e.getMessage(), e);
    }
  }

  private static OnnxTensor matrix(byte value, OnnxJavaType type) throws OrtException {
    ByteBuffer bytes = ByteBuffer.allocateDirect(SIDE * SIDE);
    for (int i = 0; i < SIDE * SIDE; i++) {
      bytes.put(i, value);
    }
    return OnnxTensor.createTensor(OnnxRuntime.environment(), bytes, new long[] {SIDE, SIDE}, type);
  }

  private static byte[] graph() {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("integers");
    OnnxNodes.add(graph, "MatMulInteger", "product", "left", "right");
    graph
        .addInput(OnnxNodes.value("left", TensorProto.DataType.UINT8_VALUE, "rows", "inner"))
        .addInput(OnnxNodes.value("right", TensorProto.DataType.INT8_VALUE, "inner", "columns"))
        .addOutput(OnnxNodes.value("product", TensorProto.DataType.INT32_VALUE, "rows", "columns"));
    return OnnxNodes.model(graph).build().toByteArray();
  }
}
