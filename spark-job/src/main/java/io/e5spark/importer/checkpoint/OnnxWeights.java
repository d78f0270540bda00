package io.e5spark.importer.checkpoint;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The weights of an encoder that was exported to ONNX. Exports number the weights of products and
 * transpose them; the bias that is added next identifies a product.
 */
final class OnnxWeights implements WeightFile {
  private static final String BIAS = ".bias";

  private final Path path;
  private final Map<String, TensorProto> tensors = new HashMap<>();

  /** The weights by their usual name, stored as {@code [in, out]}. */
  private final Map<String, TensorProto> products = new HashMap<>();

  private OnnxWeights(Path path, GraphProto graph) {
    this.path = path;
    graph.getInitializerList().forEach(tensor -> tensors.put(tensor.getName(), tensor));
    Map<String, TensorProto> factors = new HashMap<>();
    for (NodeProto node : graph.getNodeList()) {
      if (node.getOpType().equals("MatMul") && node.getInputCount() == 2) {
        TensorProto factor = tensors.get(node.getInput(1));
        if (factor != null) {
          factors.put(node.getOutput(0), factor);
        }
      }
    }
    graph.getNodeList().stream()
        .filter(node -> node.getOpType().equals("Add"))
        .forEach(sum -> name(sum, factors));
  }

  private void name(NodeProto sum, Map<String, TensorProto> factors) {
    for (int side = 0; side < sum.getInputCount(); side++) {
      String bias = sum.getInput(sum.getInputCount() - 1 - side);
      TensorProto factor = factors.get(sum.getInput(side));
      if (factor != null && bias.endsWith(BIAS)) {
        products.put(bias.substring(0, bias.length() - BIAS.length()) + ".weight", factor);
      }
    }
  }

  /**
   * Opens a graph, whose weights stay in mapped memory.
   *
   * @throws IllegalArgumentException if the file is not an ONNX graph
   */
  static OnnxWeights open(Path path) throws IOException {
    if (Files.size(path) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "Cannot read %s: it is larger than 2 GB, which an ONNX graph cannot be".formatted(path));
    }
    CodedInputStream in =
        UnsafeByteOperations.unsafeWrap(map(path, 0, Files.size(path))).newCodedInput();
    in.enableAliasing(true);
    try {
      return new OnnxWeights(path, ModelProto.parseFrom(in).getGraph());
    } catch (InvalidProtocolBufferException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "Cannot read %s: it is not an ONNX graph".formatted(path), e);
    }
  }

  private static ByteBuffer map(Path path, long start, long length) throws IOException {
    try (FileChannel channel = FileChannel.open(path)) {
      return channel.map(MapMode.READ_ONLY, start, length);
    }
  }

  @Override
  public boolean has(String name) {
    return products.containsKey(name) || tensors.containsKey(name);
  }

  @Override
  public float[] read(String name, int... shape) throws IOException {
    TensorProto product = products.get(name);
    if (product == null) {
      return stored(name, tensors.get(name), shape);
    }
    float[] values = stored(name, product, shape[1], shape[0]);
    return Matrix.transposed(name, values, shape[1], shape[0]).values();
  }

  private float[] stored(String name, @Nullable TensorProto tensor, int... shape)
      throws IOException {
    if (tensor == null) {
      throw broken("tensor %s is missing".formatted(name));
    }
    TensorShape wanted = TensorShape.of(shape);
    int count = wanted.count();
    FloatFormat format = format(name, tensor);
    ByteBuffer bytes = bytes(name, tensor);
    if (!tensor.getDimsList().equals(wanted.sizes())
        || bytes.remaining() != (long) count * format.bytes()) {
      throw broken(
          String.format(
              Locale.ROOT,
              "tensor %s has shape %s and %d bytes (must be %s of %s)",
              name,
              tensor.getDimsList(),
              bytes.remaining(),
              wanted.sizes(),
              format));
    }
    return format.read(name, bytes, count);
  }

  private FloatFormat format(String name, TensorProto tensor) {
    return switch (tensor.getDataType()) {
      case TensorProto.DataType.FLOAT_VALUE -> FloatFormat.F32;
      case TensorProto.DataType.FLOAT16_VALUE -> FloatFormat.F16;
      case TensorProto.DataType.BFLOAT16_VALUE -> FloatFormat.BF16;
      default ->
          throw broken(
              "tensor %s has type %s (must be FLOAT, FLOAT16 or BFLOAT16)"
                  .formatted(name, TensorProto.DataType.forNumber(tensor.getDataType())));
    };
  }

  private ByteBuffer bytes(String name, TensorProto tensor) throws IOException {
    ByteBuffer bytes =
        tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL
            ? external(name, tensor)
            : tensor.getRawData().asReadOnlyByteBuffer();
    return bytes.order(ByteOrder.LITTLE_ENDIAN);
  }

  private ByteBuffer external(String name, TensorProto tensor) throws IOException {
    Map<String, String> where = new HashMap<>();
    for (StringStringEntryProto entry : tensor.getExternalDataList()) {
      where.put(entry.getKey(), entry.getValue());
    }
    String file = where.getOrDefault("location", "");
    if (!file.matches("[A-Za-z0-9_][A-Za-z0-9._-]*")) {
      throw broken("tensor %s is in the file '%s' (must be a plain name)".formatted(name, file));
    }
    Path data = path.resolveSibling(file);
    long start = number(where.getOrDefault("offset", "0"));
    long length = number(where.getOrDefault("length", "0"));
    if (!Files.isRegularFile(data) || start + length > Files.size(data)) {
      throw broken("tensor %s lies outside of %s".formatted(name, file));
    }
    return map(data, start, length);
  }

  private long number(String text) {
    if (!text.matches("[0-9]{1,15}")) {
      throw broken("it has the offset '%s'".formatted(text));
    }
    return Long.parseLong(text);
  }

  private IllegalArgumentException broken(String problem) {
    return new IllegalArgumentException("Cannot read weights from %s: %s".formatted(path, problem));
  }

  /** Closes nothing, because mapped memory is freed with this object. */
  @Override
  public void close() {}
}
