package io.e5spark.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestModelThread {
  @ParameterizedTest
  @CsvSource({
    "AUTO, CPU, false",
    "AUTO, CUDA, true",
    "CALLER, CPU, false",
    "DEDICATED, CPU, true",
    "DEDICATED, CUDA, true"
  })
  void threadDependsOnTheDevice(ModelThread thread, Device device, boolean dedicated) {
    assertThat(thread.dedicated(device)).isEqualTo(dedicated);
  }

  @Test
  void callersCannotShareAGpu() {
    assertThatThrownBy(() -> ModelThread.CALLER.dedicated(Device.CUDA))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Invalid device-thread: caller (must be auto or dedicated");
  }
}
