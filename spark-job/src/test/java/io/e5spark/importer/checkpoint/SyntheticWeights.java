package io.e5spark.importer.checkpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The contents of a safetensors file.
 *
 * @param tensors the shapes by name, in the order of the file
 * @param type the type of the weights: F32, F16 or BF16
 * @param prefix the prefix of the names in the file
 */
record SyntheticWeights(Map<String, int[]> tensors, String type, String prefix) {
  void write(Path file, SyntheticCheckpoint.Numbers numbers) throws IOException {
    byte[] json = header().getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).array());
      out.write(json);
      for (Map.Entry<String, int[]> tensor : tensors.entrySet()) {
        out.write(bytes(tensor.getKey(), count(tensor.getValue()), numbers));
      }
    }
  }

  private String header() {
    long position = 0;
    Map<String, String> entries = new LinkedHashMap<>();
    for (Map.Entry<String, int[]> tensor : tensors.entrySet()) {
      long end = position + (long) count(tensor.getValue()) * bytesANumber();
      entries.put(
          prefix + tensor.getKey(),
          "{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(type, Arrays.toString(tensor.getValue()), position, end));
      position = end;
    }
    return entries.entrySet().stream()
        .map(one -> "\"" + one.getKey() + "\":" + one.getValue())
        .collect(Collectors.joining(",", "{\"__metadata__\":{\"format\":\"pt\"},", "}"));
  }

  private static int count(int[] shape) {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  private int bytesANumber() {
    return type.equals("F32") ? 4 : 2;
  }

  private byte[] bytes(String name, int count, SyntheticCheckpoint.Numbers numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(count * bytesANumber()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      float value = numbers.at(name, i);
      switch (type) {
        case "F32" -> bytes.putFloat(value);
        case "BF16" -> bytes.putShort((short) (Float.floatToIntBits(value) >>> 16));
        default -> bytes.putShort(half(value));
      }
    }
    return bytes.array();
  }

  /** Truncates a number to half precision. Tiny numbers become 0. */
  private static short half(float value) {
    int bits = Float.floatToIntBits(value);
    int exponent = ((bits >>> 23) & 0xff) - 112;
    int sign = (bits >>> 16) & 0x8000;
    return (short) (exponent <= 0 ? sign : sign | (exponent << 10) | ((bits >>> 13) & 0x3ff));
  }
}
