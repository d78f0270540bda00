package io.e5spark.onnx;

import com.sun.jna.Function;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The version of ONNX Runtime's native library, as the library itself states it. The Java part
 * states the version that it was built with, which may be older.
 */
final class LoadedVersion {
  private static final int LAZY_AND_LOCAL = 1;

  private LoadedVersion() {}

  /** The version of the library in this directory; empty if there is none. */
  static Optional<String> in(Path directory) {
    Path library = directory.resolve("libonnxruntime.so");
    return Files.exists(library) ? Optional.of(of(library)) : Optional.empty();
  }

  /**
   * ONNX Runtime's C interface begins with two functions, of which the second returns the version.
   */
  private static String of(Path library) {
    Pointer base =
        NativeLibrary.getInstance(
                library.toString(), Map.of(Library.OPTION_OPEN_FLAGS, LAZY_AND_LOCAL))
            .getFunction("OrtGetApiBase")
            .invokePointer(new Object[0]);
    Pointer versionText = base.getPointer(Native.POINTER_SIZE);
    return Function.getFunction(versionText).invokeString(new Object[0], false);
  }
}
