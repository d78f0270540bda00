package io.e5spark.onnx.cuda;

import com.sun.jna.NativeLibrary;
import java.io.Serializable;

/**
 * A native library that ONNX Runtime's CUDA provider loads.
 *
 * @param file its name, as the loader looks it up
 * @param source the package that brings it
 * @param required whether no session opens without it
 */
public record CudaLibrary(String file, String source, boolean required) implements Serializable {

  /** Whether this process can load it. */
  boolean loads() {
    try {
      NativeLibrary.getInstance(file);
      return true;
    } catch (UnsatisfiedLinkError e) {
      return false;
    }
  }
}
