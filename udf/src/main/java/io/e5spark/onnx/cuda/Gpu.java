package io.e5spark.onnx.cuda;

import java.io.Serializable;
import java.util.Locale;
import java.util.Set;

/**
 * A GPU that this process sees.
 *
 * @param number its number, from 0
 * @param memoryBytes its total memory
 * @param capability its compute capability times ten: 90 for H100 and H200
 */
public record Gpu(int number, String name, long memoryBytes, int capability)
    implements Serializable {
  /**
   * The generations that ONNX Runtime has code for, each of which also serves later minor versions.
   */
  private static final Set<Integer> GENERATIONS = Set.of(6, 7, 8, 9, 12);

  /** The first capability that CUDA 13 compiles for. */
  private static final int TURING = 75;

  /** Whether ONNX Runtime has code for it, if it is built for this major version of CUDA. */
  boolean supportedByCuda(int cuda) {
    return GENERATIONS.contains(capability / 10) && (cuda < 13 || capability >= TURING);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "GPU %d: %s, %.0f GiB, compute capability %d.%d",
        number,
        name,
        memoryBytes / (double) (1L << 30),
        capability / 10,
        capability % 10);
  }
}
