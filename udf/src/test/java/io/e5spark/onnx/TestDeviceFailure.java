package io.e5spark.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.model.EmbeddingException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestDeviceFailure {
  private static DeviceFailure of(String message) {
    return DeviceFailure.of(new EmbeddingException(message));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CUDA failure 2: out of memory ; GPU=0",
        "Failed to allocate memory for requested buffer of size 25165824",
        "std::bad_alloc"
      })
  void messageOfMemoryIsTold(String message) {
    assertThat(of(message)).isEqualTo(DeviceFailure.OUT_OF_MEMORY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CUDA failure 700: an illegal memory access was encountered",
        "CUDA error 719",
        "Uncorrectable ECC error encountered",
        "CUDA failure 700: out of memory"
      })
  void messageOfALostDeviceIsTold(String message) {
    assertThat(of(message)).isEqualTo(DeviceFailure.LOST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CUDA failure 1: invalid argument",
        "CUDA failure 99999999999999999999: unheard of",
        "Gather: index 700 out of bounds",
        ""
      })
  void otherMessagesAreOfTheBatch(String message) {
    assertThat(of(message)).isEqualTo(DeviceFailure.OTHER);
  }
}
