package io.e5spark.onnx;

import io.e5spark.model.EmbeddingException;
import org.slf4j.LoggerFactory;

/** What happens when the process cannot use its device any more. */
@FunctionalInterface
interface DeviceLoss {
  /** The exit code of an executor whose device is lost. */
  int EXIT_CODE = 75;

  /** Fails the call, as a failure of no text; the process continues with its other work. */
  DeviceLoss FAIL_CALL =
      (why, cause) -> {
        throw new IllegalStateException(
            "Cannot embed: this process has lost its device and must be restarted (%s)"
                .formatted(why),
            cause);
      };

  /** Ends the process at once, so that Spark replaces the executor; no native code runs again. */
  DeviceLoss END_PROCESS =
      (why, cause) -> {
        LoggerFactory.getLogger(DeviceLoss.class)
            .error("Ending this process, because its device is lost: {}", why);
        Runtime.getRuntime().halt(EXIT_CODE);
      };

  /**
   * Called once the device is lost.
   *
   * @param why the reason, on one line
   * @throws EmbeddingException if the process continues
   */
  void lost(String why, EmbeddingException cause);
}
