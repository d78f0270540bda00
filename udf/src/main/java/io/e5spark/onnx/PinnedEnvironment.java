package io.e5spark.onnx;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.slf4j.LoggerFactory;

/**
 * A second reference to ONNX Runtime's native environment, which is never returned.
 *
 * <p>ONNX Runtime frees its environment in a shutdown hook of its own, while other threads may be
 * in the middle of a model call; the process then crashes instead of ending. The environment counts
 * its references, so with one more reference it stays until the process is gone.
 */
final class PinnedEnvironment {
  private static final int ERRORS_ONLY = 3;

  private PinnedEnvironment() {}

  /** Takes the reference, for which there is no public call. */
  static void take(Object environment) {
    try {
      Class<?> type = environment.getClass();
      Class<?> runtime =
          Class.forName(type.getPackageName() + ".OnnxRuntime", true, type.getClassLoader());
      Field api = runtime.getDeclaredField("ortApiHandle");
      api.setAccessible(true);
      Method create = type.getDeclaredMethod("createHandle", long.class, int.class, String.class);
      create.setAccessible(true);
      create.invoke(null, api.getLong(null), ERRORS_ONLY, "e5-spark");
    } catch (ReflectiveOperationException | RuntimeException e) {
      LoggerFactory.getLogger(PinnedEnvironment.class)
          .info("Cannot keep ONNX Runtime's environment until the process ends", e);
    }
  }
}
