package io.e5spark.onnx;

import io.e5spark.config.Device;

/**
 * Where a session is.
 *
 * @param device not {@link Device#AUTO}
 * @param gpu the number of the GPU among those that the process sees, from 0; 0 on the CPU
 * @param arm64Bfloat16 whether it multiplies matrices in bfloat16, which only 64-bit ARM processors
 *     can
 */
public record Placement(Device device, int gpu, boolean arm64Bfloat16) {
  public static final Placement CPU = new Placement(Device.CPU, 0, false);

  /** The name that Java gives 64-bit ARM processors. */
  private static final String ARM64 = "aarch64";

  /**
   * Checks that products in bfloat16 are not asked of a device that has none.
   *
   * @param architecture the name that Java gives the processors of this machine
   * @throws IllegalArgumentException if they are
   */
  void requirePossible(String architecture) {
    if (!arm64Bfloat16) {
      return;
    }
    if (device == Device.CUDA) {
      throw new IllegalArgumentException("Invalid arm64-bfloat16: true (must be false on a GPU)");
    }
    if (!architecture.equals(ARM64)) {
      throw new IllegalArgumentException(
          "Invalid arm64-bfloat16: true (must be false on processors of architecture %s)"
              .formatted(architecture));
    }
  }

  /** The name of its memory arena in ONNX Runtime. */
  String arena() {
    return device == Device.CUDA ? "gpu:" + gpu : "cpu:0";
  }
}
