package io.e5spark.config;

/** Where the model runs. */
public enum Device {
  /** A GPU when ONNX Runtime can open a session on it, else the CPU; reports say which it was. */
  AUTO(4_096, 1),
  /** The processor; every task runs the model on its own thread. */
  CPU(4_096, 1),
  /** An NVIDIA GPU; never replaced by the CPU. */
  CUDA(16_384, 16);

  private final int maxBatchTokens;
  private final int lengthMultiple;

  Device(int maxBatchTokens, int lengthMultiple) {
    this.maxBatchTokens = maxBatchTokens;
    this.lengthMultiple = lengthMultiple;
  }

  /** The token budget of a batch when the settings name none. */
  public int maxBatchTokens() {
    return maxBatchTokens;
  }

  /** What the lengths of batches are multiples of: it bounds the number of their shapes. */
  public int lengthMultiple() {
    return lengthMultiple;
  }
}
