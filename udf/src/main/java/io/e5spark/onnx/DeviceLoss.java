package io.e5spark.onnx;

import io.e5spark.model.EmbeddingException;
import org.slf4j.LoggerFactory;

/** What happens when the process can use its device no more. */
@FunctionalInterface
interface DeviceLoss {
  /** The exit code of an executor whose device is lost. */
  int EXIT_CODE = 75;

  /** Fails the call; the process lives on, for all else that it does. */
  DeviceLoss FAIL_CALL =
      (why, cause) -> {
        throw new EmbeddingException(
            "Cannot embed: this process has lost its device and must be restarted (%s)"
                .formatted(why),
            cause);
      };

  /** Ends the process at once, so that Spark replaces the executor; nothing native runs again. */
  DeviceLoss END_PROCESS =
      (why, cause) -> {
        LoggerFactory.getLogger(DeviceLoss.class)
            .error("Ending this process, since its device is lost: {}", why);
        Runtime.getRuntime().halt(EXIT_CODE);
      };

  /**
   * Called once the device is lost.
   *
   * @param why one line
   * @throws EmbeddingException if the process lives on
   */
  void lost(String why, EmbeddingException cause);
}
