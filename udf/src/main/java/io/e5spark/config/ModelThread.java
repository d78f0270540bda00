package io.e5spark.config;

/** The thread that makes the calls of a model. */
public enum ModelThread {
  /** A dedicated thread on a GPU, and the caller's thread on the CPU. */
  AUTO,
  /** Each task calls the model itself, all at the same time; only on the CPU. */
  CALLER,
  /** One thread of the session makes all calls, and tasks hand it batches. */
  DEDICATED;

  /**
   * Whether a session on this device has a thread of its own.
   *
   * @param device not {@link Device#AUTO}
   * @throws IllegalArgumentException if callers would have to share a GPU
   */
  public boolean dedicated(Device device) {
    if (this == CALLER && device == Device.CUDA) {
      throw new IllegalArgumentException(
          "Invalid device-thread: caller (must be auto or dedicated on a GPU, whose session takes one call at a time)");
    }
    return this == DEDICATED || device == Device.CUDA;
  }
}
