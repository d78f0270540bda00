package io.e5spark.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.e5spark.model.EmbeddingException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * Products of single-precision matrices of one shape, by ONNX Runtime on the calling thread: left
 * {@code [rows, inner]} times the transpose of right {@code [columns, inner]} gives {@code [rows,
 * columns]}. The matrices lie row by row in direct memory, which is filled and read in place. A
 * component of the product depends on its row and column alone, not on where in the matrices they
 * stand. Not thread-safe.
 */
public final class MatrixMultiplier implements AutoCloseable {
  private static final long IR_VERSION = 8;
  private static final long OPSET = 13;

  private final FloatBuffer left;
  private final FloatBuffer right;
  private final FloatBuffer product;
  private final OrtSession session;
  private final OnnxTensor leftTensor;
  private final OnnxTensor rightTensor;
  private final OnnxTensor productTensor;

  /**
   * Takes the memory for matrices of this shape.
   *
   * @throws EmbeddingException if ONNX Runtime cannot
   */
  public MatrixMultiplier(int rows, int columns, int inner) {
    left = buffer(rows, inner);
    right = buffer(columns, inner);
    product = buffer(rows, columns);
    try {
      session = OnnxSession.open(graph());
      leftTensor = tensor(left, rows, inner);
      rightTensor = tensor(right, columns, inner);
      productTensor = tensor(product, rows, columns);
    } catch (OrtException e) {
      throw new EmbeddingException("Cannot multiply matrices: " + e.getMessage(), e);
    }
  }

  private static FloatBuffer buffer(int rows, int columns) {
    int bytes = Math.multiplyExact(Math.multiplyExact(rows, columns), Float.BYTES);
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  private static OnnxTensor tensor(FloatBuffer buffer, int rows, int columns) throws OrtException {
    return OnnxTensor.createTensor(OnnxSession.environment(), buffer, new long[] {rows, columns});
  }

  private static byte[] graph() {
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(IR_VERSION);
    model.addOpsetImportBuilder().setVersion(OPSET);
    model
        .getGraphBuilder()
        .setName("product")
        .addNode(
            NodeProto.newBuilder()
                .setOpType("Gemm")
                .addInput("left")
                .addInput("right")
                .addOutput("product")
                .addAttribute(
                    AttributeProto.newBuilder()
                        .setName("transB")
                        .setType(AttributeProto.AttributeType.INT)
                        .setI(1)))
        .addInput(matrix("left"))
        .addInput(matrix("right"))
        .addOutput(matrix("product"));
    return model.build().toByteArray();
  }

  private static ValueInfoProto matrix(String name) {
    TypeProto.Builder type = TypeProto.newBuilder();
    TypeProto.Tensor.Builder tensor = type.getTensorTypeBuilder();
    tensor.setElemType(TensorProto.DataType.FLOAT_VALUE);
    tensor.getShapeBuilder().addDimBuilder().setDimParam(name + "-rows");
    tensor.getShapeBuilder().addDimBuilder().setDimParam(name + "-columns");
    return ValueInfoProto.newBuilder().setName(name).setType(type).build();
  }

  /** {@code [rows, inner]}, to be filled. */
  public FloatBuffer left() {
    return left;
  }

  /** {@code [columns, inner]}, to be filled. */
  public FloatBuffer right() {
    return right;
  }

  /** {@code [rows, columns]}, what the last call computed. */
  public FloatBuffer product() {
    return product;
  }

  /**
   * Multiplies what the matrices hold now.
   *
   * @throws EmbeddingException if the call fails
   */
  public void multiply() {
    try {
      session
          .run(Map.of("left", leftTensor, "right", rightTensor), Map.of("product", productTensor))
          .close();
    } catch (OrtException e) {
      throw new EmbeddingException("Cannot multiply matrices: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    leftTensor.close();
    rightTensor.close();
    productTensor.close();
    try {
      session.close();
    } catch (OrtException e) {
      throw new EmbeddingException("Cannot close a matrix product: " + e.getMessage(), e);
    }
  }
}
