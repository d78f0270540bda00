package io.e5spark.config;

/** The device that runs the model. */
public enum Device {
  /**
   * The device is a GPU if ONNX Runtime can open a session on it, and the CPU otherwise. Reports
   * state which one was used.
   */
  AUTO(512, 1),
  /** The CPU; every task runs the model on its own thread. */
  CPU(512, 1),
  /** An NVIDIA GPU; the CPU never replaces it. */
  CUDA(32_768, 16);

  private final int maxBatchTokens;
  private final int lengthMultiple;

  Device(int maxBatchTokens, int lengthMultiple) {
    this.maxBatchTokens = maxBatchTokens;
    this.lengthMultiple = lengthMultiple;
  }

  /** The token budget of a batch if the settings name none. */
  public int maxBatchTokens() {
    return maxBatchTokens;
  }

  /**
   * The number of tokens per text is rounded up to a multiple of this number, which bounds the
   * number of shapes.
   */
  public int lengthMultiple() {
    return lengthMultiple;
  }
}
