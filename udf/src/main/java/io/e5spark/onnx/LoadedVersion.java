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
 * The version of ONNX Runtime's native library, asked of the library itself: Java's part of it says
 * the version that it was built with, and may be older.
 */
final class LoadedVersion {
  private static final int LAZY_AND_LOCAL = 1;

  private LoadedVersion() {}

  /** Of the library in this directory; empty if there is none. */
  static Optional<String> in(Path directory) {
    Path library = directory.resolve("libonnxruntime.so");
    return Files.exists(library) ? Optional.of(of(library)) : Optional.empty();
  }

  /** ONNX Runtime's C interface begins with two functions, the second of which says the version. */
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
