package io.e5spark.onnx;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;

/**
 * Switches off ONNX Runtime's reports of its own use, before its library is loaded.
 *
 * <p>ONNX Runtime 1.29 for Linux keeps a queue of reports in the user's cache directory, sends it
 * over the network, and can crash the process while it opens it. Only an environment variable that
 * is set before the library is loaded prevents this.
 */
final class Telemetry {
  private static final String SWITCH = "ORT_DISABLE_TELEMETRY";

  private Telemetry() {}

  /** The environment of the C library, which native code reads; Java's own view of it is a copy. */
  private interface CLibrary extends Library {
    int setenv(String name, String value, int overwrite);
  }

  static void disable() {
    if (System.getenv(SWITCH) == null && !Platform.isWindows()) {
      int result = Native.load(Platform.C_LIBRARY_NAME, CLibrary.class).setenv(SWITCH, "1", 1);
      if (result != 0) {
        throw new IllegalStateException("Cannot set the environment variable " + SWITCH);
      }
    }
  }
}
