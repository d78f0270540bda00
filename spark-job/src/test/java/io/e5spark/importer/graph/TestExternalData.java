package io.e5spark.importer.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.e5spark.model.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestExternalData {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void setUp() {
    file = directory.resolve("model.onnx_data");
  }

  private static String value(TensorProto tensor, String key) {
    return tensor.getExternalDataList().stream()
        .filter(entry -> entry.getKey().equals(key))
        .map(StringStringEntryProto::getValue)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyTensorBeginsWithAPage() throws IOException {
    String hash;
    try (ExternalData data = ExternalData.create(file)) {
      TensorProto bytes = data.write("a", new byte[] {1, 2, 3}, 3);
      TensorProto floats = data.write("b", new float[] {1, -2}, 1, 2);
      TensorProto halves = data.writeHalf("c", new float[] {1}, 1);
      assertThat(value(bytes, "offset")).isEqualTo("0");
      assertThat(value(floats, "offset")).isEqualTo("4096");
      assertThat(value(floats, "length")).isEqualTo("8");
      assertThat(value(floats, "location")).isEqualTo("model.onnx_data");
      assertThat(value(halves, "offset")).isEqualTo("8192");
      assertThat(floats.getDimsList()).isEqualTo(List.of(1L, 2L));
      hash = data.sha256();
    }
    byte[] written = Files.readAllBytes(file);
    assertThat(Sha256.of(written)).isEqualTo(hash);
    ByteBuffer buffer = ByteBuffer.wrap(written).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(buffer.getFloat(4_100)).isEqualTo(-2);
    assertThat(buffer.getShort(8_192)).isEqualTo((short) 0x3c00);
    assertThat(written).hasSize(8_194);
  }

  @Test
  void manyNumbersAreWrittenInPieces() throws IOException {
    float[] numbers = new float[200_000];
    numbers[199_999] = 7;
    try (ExternalData data = ExternalData.create(file)) {
      data.write("a", numbers, numbers.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(buffer.capacity()).isEqualTo(800_000);
    assertThat(buffer.getFloat(4 * 199_999)).isEqualTo(7);
  }

  @Test
  void numberThatIsTooLargeForHalfPrecisionIsRefused() throws IOException {
    try (ExternalData data = ExternalData.create(file)) {
      assertThatThrownBy(() -> data.writeHalf("a", new float[] {70_000}, 1))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void fileThatIsThereIsNotOverwritten() throws IOException {
    Files.writeString(file, "weights");
    assertThatThrownBy(() -> ExternalData.create(file))
        .isInstanceOf(FileAlreadyExistsException.class);
  }
}
