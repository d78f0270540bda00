package io.e5spark.onnx.cuda;

import com.sun.jna.NativeLibrary;
import java.util.List;
import java.util.stream.Stream;

/** A native library that ONNX Runtime loads to use a GPU. */
public enum CudaLibrary {
  /** NVIDIA's driver, of the host itself. */
  DRIVER("libcuda.so.1", "the NVIDIA driver", true),
  /** CUDA's runtime. */
  RUNTIME("libcudart.so.12", "cuda-cudart-12-8", true),
  /** Matrix products. */
  BLAS("libcublas.so.12", "libcublas-12-8", true),
  /** Matrix products with fused additions. */
  BLAS_LT("libcublasLt.so.12", "libcublas-12-8", true),
  /** Random numbers; the provider is linked to it. */
  RANDOM("libcurand.so.10", "libcurand-12-8", true),
  /** Fused attention on H100 and later; all works without it, but slower. */
  CUDNN("libcudnn.so.9", "libcudnn9-cuda-12", false);

  private final String file;
  private final String source;
  private final boolean required;

  CudaLibrary(String file, String source, boolean required) {
    this.file = file;
    this.source = source;
    this.required = required;
  }

  /** Its name as the loader looks for it. */
  public String file() {
    return file;
  }

  /** The package that brings it. */
  public String source() {
    return source;
  }

  /** Whether no session opens without it. */
  public boolean required() {
    return required;
  }

  /** Whether this process can load it. */
  public boolean loads() {
    try {
      NativeLibrary.getInstance(file);
      return true;
    } catch (UnsatisfiedLinkError e) {
      return false;
    }
  }

  /** Those that no session opens without and that cannot be loaded. */
  static List<CudaLibrary> missing() {
    return Stream.of(values()).filter(library -> library.required && !library.loads()).toList();
  }
}
