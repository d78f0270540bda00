package io.e5spark.importer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads valid safetensors files, and rejects files whose header contradicts their contents. */
class TestSafetensorsFile {
  @TempDir Path directory;

  /** Writes a file with this header, which these numbers follow. */
  private Path file(String header, float... numbers) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return file(json.length, json, numbers);
  }

  private Path file(long headerLength, byte[] json, float... numbers) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + 4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(headerLength).put(json);
    for (float number : numbers) {
      bytes.putFloat(number);
    }
    return Files.write(directory.resolve("model.safetensors"), bytes.array());
  }

  private static String tensor(String name, String shape, String offsets) {
    return "\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":%s}"
        .formatted(name, shape, offsets);
  }

  @Test
  void tensorsAreReadByName() throws IOException {
    String header =
        "{\"__metadata__\":{\"format\":\"pt\"},%s,%s}"
            .formatted(tensor("b", "[1,2]", "[4,12]"), tensor("a", "[1]", "[0,4]"));
    try (SafetensorsFile file = SafetensorsFile.open(file(header, 1, 2, 3))) {
      assertThat(file.has("a")).isTrue();
      assertThat(file.has("__metadata__")).isFalse();
      assertThat(file.read("a", 1)).containsExactly(1);
      assertThat(file.read("b", 1, 2)).containsExactly(2, 3);
      assertThatThrownBy(() -> file.read("c", 1)).hasMessageContaining("tensor c is missing");
      assertThatThrownBy(() -> file.read("b", 2, 1))
          .hasMessageContaining("tensor b has shape [1, 2] and 8 bytes (must be [2, 1] of F32)");
    }
  }

  @Test
  void shapeOfTooManyNumbersIsRefused() throws IOException {
    String header = "{%s}".formatted(tensor("a", "[65536,65536]", "[0,4]"));
    try (SafetensorsFile file = SafetensorsFile.open(file(header, 1))) {
      assertThatThrownBy(() -> file.read("a", 65_536, 65_536))
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("[65536, 65536] has too many numbers");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1, 99, 100_000_001, Long.MAX_VALUE, Long.MIN_VALUE})
  void lengthOfTheHeaderThatLiesIsRefused(long length) throws IOException {
    Path file = file(length, "{}".getBytes(StandardCharsets.UTF_8), 1);
    assertThatThrownBy(() -> SafetensorsFile.open(file))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("its header claims %d bytes, and the file has 14".formatted(length));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[0,8]",
        "[-4,0]",
        "[4,0]",
        "[9223372036854775807,4]",
        "[4,9223372036854775807]",
        "[-9223372036854775808,9223372036854775807]",
        "[9223372036854775806,9223372036854775807]"
      })
  void tensorOutsideOfTheFileIsRefused(String offsets) throws IOException {
    Path file = file("{%s}".formatted(tensor("a", "[1]", offsets)), 1);
    assertThatThrownBy(() -> SafetensorsFile.open(file))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tensor a lies outside of the file");
  }

  @Test
  void tensorsThatOverlapAreRefused() throws IOException {
    Path file =
        file(
            "{%s,%s}".formatted(tensor("a", "[2]", "[0,8]"), tensor("b", "[2]", "[4,12]")),
            1,
            2,
            3);
    assertThatThrownBy(() -> SafetensorsFile.open(file))
        .hasMessageContaining("tensors a and b overlap");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "12",
        "{{",
        "{\"a\":1}",
        "{\"a\":{}}",
        "{\"a\":{\"dtype\":[],\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[\"x\"],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[null,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":\"0-4\"}}"
      })
  void headerOfAnotherFormIsRefused(String header) throws IOException {
    Path file = file(header, 1);
    assertThatThrownBy(() -> SafetensorsFile.open(file))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("its header is not that of a safetensors file");
  }

  @Test
  void otherTypesAreRefusedWhenTheyAreRead() throws IOException {
    Path path = file("{%s}".formatted(tensor("a", "[1]", "[0,4]").replace("F32", "I32")), 1);
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertThatThrownBy(() -> file.read("a", 1))
          .hasMessageContaining("tensor a has type I32 (must be F32, F16 or BF16)");
    }
  }

  @Test
  void weightsThatAreNoNumbersAreRefused() throws IOException {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      try (SafetensorsFile file =
          SafetensorsFile.open(file("{%s}".formatted(tensor("a", "[1]", "[0,4]")), bad))) {
        assertThatThrownBy(() -> file.read("a", 1)).hasMessageContaining("tensor a holds " + bad);
      }
    }
  }

  @Test
  void fileThatEndsEarlyIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(file("{%s}".formatted(tensor("a", "[1]", "[0,4]")), 1));
    for (int length = 0; length < whole.length; length++) {
      Path cut = Files.write(directory.resolve("cut"), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> SafetensorsFile.open(cut))
          .as("%s bytes", length)
          .isExactlyInstanceOf(IllegalArgumentException.class);
    }
  }
}
