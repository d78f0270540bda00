package io.e5spark.onnx.cuda;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What ONNX Runtime's CUDA provider needs on a host.
 *
 * @param cuda the major version of CUDA that it is built for
 * @param libraries the libraries that it loads
 */
record CudaNeeds(int cuda, List<CudaLibrary> libraries) {
  /** The file of the provider. */
  static final String PROVIDER = "libonnxruntime_providers_cuda.so";

  /** The libraries to which the provider in Maven's onnxruntime_gpu 1.29 is linked. */
  private static final List<String> USUAL =
      List.of(
          "libcuda.so.1",
          "libcudart.so.12",
          "libcublas.so.12",
          "libcublasLt.so.12",
          "libcurand.so.10");

  private static final String CUDNN = "libcudnn.so.9";

  /**
   * The needs of the provider in this directory.
   *
   * @param directory null, or a directory without a provider, stands for Maven's
   */
  static CudaNeeds in(@Nullable Path directory) {
    Path provider = directory == null ? null : directory.resolve(PROVIDER);
    return provider == null || !Files.exists(provider)
        ? of(USUAL)
        : of(SharedObject.neededBy(provider));
  }

  /** The needs of a provider that is linked to these libraries. */
  static CudaNeeds of(List<String> linked) {
    int cuda = cuda(linked);
    List<CudaLibrary> libraries = new ArrayList<>();
    for (String file : linked) {
      CudaPart.of(file)
          .ifPresent(part -> libraries.add(new CudaLibrary(file, part.source(cuda), true)));
    }
    if (!linked.contains(CUDNN)) {
      libraries.add(new CudaLibrary(CUDNN, CudaPart.CUDNN.source(cuda), false));
    }
    return new CudaNeeds(cuda, List.copyOf(libraries));
  }

  private static int cuda(List<String> linked) {
    String runtime = "libcudart.so.";
    return linked.stream()
        .filter(file -> file.startsWith(runtime))
        .map(file -> Integer.parseInt(file.substring(runtime.length()).split("\\.", -1)[0]))
        .findFirst()
        .orElse(12);
  }
}
