package io.e5spark.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.e5spark.model.EmbeddingException;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * Products of single-precision matrices of one shape, by ONNX Runtime on the calling thread: left
 * {@code [rows, inner]} times the transpose of right {@code [columns, inner]} gives {@code [rows,
 * columns]}. The matrices lie row by row in direct memory, which is filled and read directly. A
 * component of the product depends only on its row and its column, not on their places in the
 * matrices. The memory is freed by {@link #close}; nobody may use it afterwards. Not thread-safe.
 */
public final class MatrixMultiplier implements AutoCloseable {
  private final FloatBuffer left;
  private final FloatBuffer right;
  private final FloatBuffer product;
  private final CloseStack opened = new CloseStack();
  private final OrtSession session;
  private final Map<String, OnnxTensor> factors;
  private final Map<String, OnnxTensor> products;

  /**
   * Allocates the memory for matrices of this shape.
   *
   * @throws EmbeddingException if ONNX Runtime cannot
   */
  public MatrixMultiplier(int rows, int columns, int inner) {
    left = buffer(rows, inner);
    right = buffer(columns, inner);
    product = buffer(rows, columns);
    try {
      session = opened.add(GraphSessions.open(graph()));
      factors = Map.of("left", tensor(left, rows, inner), "right", tensor(right, columns, inner));
      products = Map.of("product", tensor(product, rows, columns));
    } catch (OrtException e) {
      opened.closeAfter(e);
      throw new EmbeddingException("Cannot multiply matrices: " + e.getMessage(), e);
    } catch (RuntimeException | Error e) {
      opened.closeAfter(e);
      throw e;
    }
  }

  /**
   * The rows of a product if as few products as possible cover all rows evenly. They are at least
   * two: other code multiplies a single row, and its last bits differ.
   *
   * @param most the most rows of a product
   */
  public static int evenRows(int all, int most) {
    int products = Math.max(1, (all + most - 1) / most);
    return Math.max(2, (all + products - 1) / products);
  }

  private FloatBuffer buffer(int rows, int columns) {
    int bytes = Math.multiplyExact(Math.multiplyExact(rows, columns), Float.BYTES);
    Memory memory = opened.add(new Memory(ByteBuffer.allocateDirect(bytes)));
    return memory.bytes.order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  /** Memory that is freed when it is closed, instead of when its buffer is collected. */
  private record Memory(ByteBuffer bytes) implements AutoCloseable {
    @Override
    public void close() throws ReflectiveOperationException {
      Class<?> unsafe = Class.forName("sun.misc.Unsafe");
      Field instance = unsafe.getDeclaredField("theUnsafe");
      instance.setAccessible(true);
      unsafe.getMethod("invokeCleaner", ByteBuffer.class).invoke(instance.get(null), bytes);
    }
  }

  private OnnxTensor tensor(FloatBuffer buffer, int rows, int columns) throws OrtException {
    return opened.add(
        OnnxTensor.createTensor(OnnxRuntime.environment(), buffer, new long[] {rows, columns}));
  }

  private static byte[] graph() {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("product");
    OnnxNodes.add(graph, "Gemm", "product", "left", "right")
        .addAttribute(OnnxNodes.attribute("transB", 1));
    graph
        .addInput(OnnxNodes.value("left", TensorProto.DataType.FLOAT_VALUE, "rows", "inner"))
        .addInput(OnnxNodes.value("right", TensorProto.DataType.FLOAT_VALUE, "columns", "inner"))
        .addOutput(OnnxNodes.value("product", TensorProto.DataType.FLOAT_VALUE, "rows", "columns"));
    return OnnxNodes.model(graph).build().toByteArray();
  }

  /** {@code [rows, inner]}, to be filled. */
  public FloatBuffer left() {
    return left;
  }

  /** {@code [columns, inner]}, to be filled. */
  public FloatBuffer right() {
    return right;
  }

  /** {@code [rows, columns]}, the result of the last call. */
  public FloatBuffer product() {
    return product;
  }

  /**
   * Multiplies the current matrices.
   *
   * @throws EmbeddingException if the call fails
   */
  public void multiply() {
    try {
      session.run(factors, products).close();
    } catch (OrtException e) {
      throw new EmbeddingException("Cannot multiply matrices: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    opened.close();
  }
}
