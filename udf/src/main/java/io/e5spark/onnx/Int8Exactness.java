package io.e5spark.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.e5spark.model.EmbeddingException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;

/**
 * Whether this processor multiplies unsigned by signed bytes exactly. Without the instructions
 * called VNNI, two products are added up in 16 bits, which are too few for the largest ones.
 */
final class Int8Exactness {
  /** No less than what a kernel takes at once. */
  private static final int SIDE = 64;

  private static final byte UNSIGNED = (byte) 255;
  private static final byte SIGNED = 127;
  private static final boolean EXACT = measure();

  private Int8Exactness() {}

  static boolean exact() {
    return EXACT;
  }

  private static boolean measure() {
    try (SessionOptions options = new SessionOptions();
        OrtSession session = OnnxSession.environment().createSession(graph(), options);
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
    return OnnxTensor.createTensor(OnnxSession.environment(), bytes, new long[] {SIDE, SIDE}, type);
  }

  private static byte[] graph() {
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8);
    model.addOpsetImportBuilder().setVersion(14);
    model
        .getGraphBuilder()
        .setName("integers")
        .addNode(
            NodeProto.newBuilder()
                .setOpType("MatMulInteger")
                .addInput("left")
                .addInput("right")
                .addOutput("product"))
        .addInput(value("left", TensorProto.DataType.UINT8_VALUE))
        .addInput(value("right", TensorProto.DataType.INT8_VALUE))
        .addOutput(value("product", TensorProto.DataType.INT32_VALUE));
    return model.build().toByteArray();
  }

  private static ValueInfoProto value(String name, int type) {
    TypeProto.Builder shape = TypeProto.newBuilder();
    TypeProto.Tensor.Builder tensor = shape.getTensorTypeBuilder().setElemType(type);
    tensor.getShapeBuilder().addDimBuilder().setDimValue(SIDE);
    tensor.getShapeBuilder().addDimBuilder().setDimValue(SIDE);
    return ValueInfoProto.newBuilder().setName(name).setType(shape).build();
  }
}
