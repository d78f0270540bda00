package io.e5spark.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.config.Device;
import org.junit.jupiter.api.Test;

class TestPlacement {
  @Test
  void arenaIsNamedAsOnnxRuntimeNamesIt() {
    assertThat(Placement.CPU.arena()).isEqualTo("cpu:0");
    assertThat(new Placement(Device.CUDA, 3, false).arena()).isEqualTo("gpu:3");
  }

  @Test
  void onlyArmProcessorsMultiplyInBfloat16() {
    Placement.CPU.requirePossible("amd64");
    new Placement(Device.CUDA, 0, false).requirePossible("amd64");
    Placement asked = new Placement(Device.CPU, 0, true);
    asked.requirePossible("aarch64");
    assertThatThrownBy(() -> asked.requirePossible("amd64"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid arm64-bfloat16: true (must be false on processors of architecture amd64)");
    assertThatThrownBy(() -> new Placement(Device.CUDA, 0, true).requirePossible("aarch64"))
        .hasMessage("Invalid arm64-bfloat16: true (must be false on a GPU)");
  }
}
