package io.e5spark.onnx;

import io.e5spark.model.EmbeddingException;

/** What happens when the process can use its device no more. */
@FunctionalInterface
interface DeviceLoss {
  /** The exit code of a process whose device is lost. */
  int EXIT_CODE = 75;

  /** Ends the process at once, so that Spark replaces the executor; nothing native runs again. */
  DeviceLoss END_PROCESS =
      (why, cause) -> {
        System.err.println("Ending this process, since its device is lost: " + why);
        Runtime.getRuntime().halt(EXIT_CODE);
      };

  /**
   * Called once the device is lost.
   *
   * @param why one line
   */
  void lost(String why, EmbeddingException cause);
}
