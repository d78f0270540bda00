package io.e5spark.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.config.Device;
import org.junit.jupiter.api.Test;

class TestPlacement {
  @Test
  void arenaIsNamedAsOnnxRuntimeNamesIt() {
    assertThat(Placement.CPU.arena()).isEqualTo("cpu:0");
    assertThat(new Placement(Device.CUDA, 3).arena()).isEqualTo("gpu:3");
  }
}
