package io.e5spark.config;

/** The device that runs the model. */
public enum Device {
  /**
   * The device is a GPU if ONNX Runtime can open a session on it, and the CPU otherwise. Reports
   * state which one was used.
   */
  AUTO(512, 1, 24),
  /** The CPU; every task runs the model on its own thread. */
  CPU(512, 1, 24),
  /** An NVIDIA GPU; the CPU never replaces it. */
  CUDA(32_768, 16, 2_048);

  private final int maxBatchTokens;
  private final int lengthMultiple;
  private final int callTokens;

  Device(int maxBatchTokens, int lengthMultiple, int callTokens) {
    this.maxBatchTokens = maxBatchTokens;
    this.lengthMultiple = lengthMultiple;
    this.callTokens = callTokens;
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

  /** What a model call costs besides its tokens, expressed in tokens. */
  public int callTokens() {
    return callTokens;
  }
}
