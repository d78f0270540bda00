package io.e5spark.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestDevice {
  @Test
  void lengthsAreRoundedOnGpusAlone() {
    assertThat(Device.CPU.lengthMultiple()).isEqualTo(1);
    assertThat(Device.AUTO.lengthMultiple()).isEqualTo(1);
    assertThat(Device.CUDA.lengthMultiple()).isGreaterThan(1);
  }

  @Test
  void batchesOfEveryDeviceHoldTheLongestTextRounded() {
    int longest = 512;
    for (Device device : Device.values()) {
      assertThat(device.maxBatchTokens()).as(device.name()).isGreaterThanOrEqualTo(longest);
      assertThat(longest % device.lengthMultiple()).as(device.name()).isZero();
    }
  }

  @Test
  void gpuTakesLargerBatches() {
    assertThat(Device.CUDA.maxBatchTokens()).isGreaterThan(Device.CPU.maxBatchTokens());
    assertThat(Device.AUTO.maxBatchTokens()).isEqualTo(Device.CPU.maxBatchTokens());
  }
}
