package io.e5spark.config;

/** Where the model runs. */
public enum Device {
  /** A GPU when ONNX Runtime can open a session on it, else the CPU; reports say which it was. */
  AUTO(4_096),
  /** The processor; every task runs the model on its own thread. */
  CPU(4_096),
  /** An NVIDIA GPU; never replaced by the CPU. */
  CUDA(16_384);

  private final int maxBatchTokens;

  Device(int maxBatchTokens) {
    this.maxBatchTokens = maxBatchTokens;
  }

  /** The token budget of a batch when the settings name none. */
  public int maxBatchTokens() {
    return maxBatchTokens;
  }
}
