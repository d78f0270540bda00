package io.e5spark.config;

import java.io.Serializable;

/**
 * How rows are processed; none of these settings changes a vector.
 *
 * @param maxBatchTokens the largest product of longest text and number of texts in one model call,
 *     padding included; 0 takes the default of the device
 * @param windowRows the most rows that a task sorts by tokens and cuts into batches at a time
 * @param onError what happens to a text that cannot be embedded
 * @param deduplicate whether equal texts of a window are embedded once
 */
public record RowSettings(int maxBatchTokens, int windowRows, OnError onError, boolean deduplicate)
    implements Serializable {
  private static final int WINDOW_BATCHES = 16;

  static RowSettings read(SettingsReader reader) {
    return new RowSettings(
        reader.integer("max-batch-tokens", 0, 0, 1 << 20),
        reader.integer("window-rows", 4_096, 1, 1 << 20),
        reader.choice("on-error", OnError.FAIL),
        reader.flag("deduplicate", true));
  }

  /**
   * The most tokens that a task sorts and cuts into batches at a time: several batches of a GPU, so
   * that they are full, and no more, so that the GPU starts early and tasks do not wait long for
   * each other.
   */
  public long windowTokens() {
    return (long) WINDOW_BATCHES * Math.max(maxBatchTokens, Device.CUDA.maxBatchTokens());
  }
}
