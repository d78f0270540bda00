package io.e5spark.importer.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A file of named tensors: the length of a header in eight bytes, the header as JSON, and the bytes
 * of the tensors, which are read one at a time from mapped memory. Source: the safetensors format,
 * https://github.com/huggingface/safetensors.
 */
final class SafetensorsFile implements WeightFile {
  private static final int LENGTH_BYTES = 8;
  private static final long LONGEST_HEADER = 100_000_000;
  private static final String METADATA = "__metadata__";

  private final Path path;
  private final FileChannel channel;
  private final Map<String, Tensor> tensors;

  /**
   * The place of a tensor.
   *
   * @param type the type in the header, which may be one that cannot be read
   * @param start the first byte in the file
   * @param length the number of bytes
   */
  record Tensor(String type, List<Long> shape, long start, long length) {}

  private SafetensorsFile(Path path, FileChannel channel, Map<String, Tensor> tensors) {
    this.path = path;
    this.channel = channel;
    this.tensors = tensors;
  }

  /**
   * Opens a file and checks its header against its size.
   *
   * @throws IllegalArgumentException if the header is broken
   */
  static SafetensorsFile open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path);
    try {
      return new SafetensorsFile(path, channel, header(path, channel));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static Map<String, Tensor> header(Path path, FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < LENGTH_BYTES) {
      throw broken(path, String.format(Locale.ROOT, "it has %d bytes", size));
    }
    long length = bytes(channel, 0, LENGTH_BYTES).getLong();
    if (length < 2 || length > LONGEST_HEADER || length > size - LENGTH_BYTES) {
      throw broken(
          path,
          String.format(
              Locale.ROOT, "its header claims %d bytes, and the file has %d", length, size));
    }
    String json = StandardCharsets.UTF_8.decode(bytes(channel, LENGTH_BYTES, length)).toString();
    try {
      long data = LENGTH_BYTES + length;
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (Map.Entry<String, JsonElement> entry :
          JsonParser.parseString(json).getAsJsonObject().entrySet()) {
        if (!entry.getKey().equals(METADATA)) {
          tensors.put(entry.getKey(), tensor(entry.getValue().getAsJsonObject(), data));
        }
      }
      check(path, tensors, data, size);
      return tensors;
    } catch (JsonParseException
        | IllegalStateException
        | UnsupportedOperationException
        | NumberFormatException
        | ClassCastException
        | IndexOutOfBoundsException
        | NullPointerException e) {
      throw new IllegalArgumentException(
          "Cannot read %s: its header is not that of a safetensors file".formatted(path), e);
    }
  }

  private static Tensor tensor(JsonObject entry, long data) {
    List<Long> shape = new ArrayList<>();
    entry.getAsJsonArray("shape").forEach(size -> shape.add(size.getAsLong()));
    JsonArray offsets = entry.getAsJsonArray("data_offsets");
    long start = offsets.get(0).getAsLong();
    return new Tensor(
        entry.get("dtype").getAsString(), shape, data + start, offsets.get(1).getAsLong() - start);
  }

  private static void check(Path path, Map<String, Tensor> tensors, long data, long size) {
    tensors.forEach(
        (name, tensor) -> {
          if (tensor.start < data || tensor.length < 0 || tensor.start > size - tensor.length) {
            throw broken(path, "tensor %s lies outside of the file".formatted(name));
          }
        });
    List<Map.Entry<String, Tensor>> inOrder = new ArrayList<>(tensors.entrySet());
    inOrder.sort(Comparator.comparingLong(one -> one.getValue().start));
    for (int i = 1; i < inOrder.size(); i++) {
      Tensor before = inOrder.get(i - 1).getValue();
      if (before.start + before.length > inOrder.get(i).getValue().start) {
        throw broken(
            path,
            "tensors %s and %s overlap"
                .formatted(inOrder.get(i - 1).getKey(), inOrder.get(i).getKey()));
      }
    }
  }

  private static IllegalArgumentException broken(Path path, String problem) {
    return new IllegalArgumentException(
        "Cannot read %s as a safetensors file: %s".formatted(path, problem));
  }

  private static ByteBuffer bytes(FileChannel channel, long start, long length) throws IOException {
    return channel.map(MapMode.READ_ONLY, start, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public boolean has(String name) {
    return tensors.containsKey(name);
  }

  @Override
  public float[] read(String name, int... shape) throws IOException {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw broken(path, "tensor %s is missing".formatted(name));
    }
    TensorShape wanted = TensorShape.of(shape);
    int count = wanted.count();
    FloatFormat type = type(name, tensor);
    if (!tensor.shape.equals(wanted.sizes()) || tensor.length != (long) count * type.bytes()) {
      throw broken(
          path,
          String.format(
              Locale.ROOT,
              "tensor %s has shape %s and %d bytes (must be %s of %s)",
              name,
              tensor.shape,
              tensor.length,
              wanted.sizes(),
              type));
    }
    return read(name, type, bytes(channel, tensor.start, tensor.length), count);
  }

  private float[] read(String name, FloatFormat type, ByteBuffer bytes, int count) {
    try {
      return type.read(name, bytes, count);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Cannot read %s as a safetensors file: %s".formatted(path, e.getMessage()), e);
    }
  }

  private FloatFormat type(String name, Tensor tensor) {
    for (FloatFormat type : FloatFormat.values()) {
      if (type.name().equals(tensor.type)) {
        return type;
      }
    }
    throw broken(
        path, "tensor %s has type %s (must be F32, F16 or BF16)".formatted(name, tensor.type));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
