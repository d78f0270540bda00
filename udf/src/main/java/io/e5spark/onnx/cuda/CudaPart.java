package io.e5spark.onnx.cuda;

import java.util.Optional;
import java.util.stream.Stream;

/** The parts of CUDA that ONNX Runtime uses, and the packages that bring them. */
enum CudaPart {
  /** NVIDIA's driver, which belongs to the host itself. */
  DRIVER("libcuda", "", ""),
  /** CUDA's runtime. */
  RUNTIME("libcudart", "cuda-cudart", "nvidia-cuda-runtime"),
  /** Matrix products. */
  BLAS("libcublas", "libcublas", "nvidia-cublas"),
  /** Matrix products with fused additions. */
  BLAS_LT("libcublasLt", "libcublas", "nvidia-cublas"),
  /** Random numbers, to which the provider is linked. */
  RANDOM("libcurand", "libcurand", "nvidia-curand"),
  /** Fourier transforms, to which older providers are linked. */
  FOURIER("libcufft", "libcufft", "nvidia-cufft"),
  /** The compiler of kernels, to which some providers are linked. */
  COMPILER("libnvrtc", "cuda-nvrtc", "nvidia-cuda-nvrtc"),
  /** Fused attention on H100 and later; everything also works without it, but more slowly. */
  CUDNN("libcudnn", "libcudnn9", "nvidia-cudnn");

  private final String library;
  private final String debian;
  private final String python;

  CudaPart(String library, String debian, String python) {
    this.library = library;
    this.debian = debian;
    this.python = python;
  }

  /** The part that a library's file belongs to; empty if it belongs to none. */
  static Optional<CudaPart> of(String file) {
    return Stream.of(values()).filter(part -> file.startsWith(part.library + ".so.")).findFirst();
  }

  /** The packages that bring it for a major version of CUDA: NVIDIA's own, and that of PyPI. */
  String source(int cuda) {
    if (this == DRIVER) {
      return "the NVIDIA driver";
    }
    String version = this == CUDNN ? "cuda-" + cuda : cuda + (cuda == 12 ? "-8" : "-0");
    String wheel = this == CUDNN || cuda < 13 ? python + "-cu" + cuda : python;
    return "%s-%s or PyPI's %s".formatted(debian, version, wheel);
  }
}
