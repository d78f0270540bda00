package io.e5spark.onnx;

import io.e5spark.config.Device;

/**
 * Where a session is.
 *
 * @param device not {@link Device#AUTO}
 * @param gpu the number of the GPU among those that the process sees, from 0; 0 on the CPU
 */
public record Placement(Device device, int gpu) {
  public static final Placement CPU = new Placement(Device.CPU, 0);

  /** The name of its memory arena in ONNX Runtime. */
  String arena() {
    return device == Device.CUDA ? "gpu:" + gpu : "cpu:0";
  }
}
