package io.e5spark.onnx;

import io.e5spark.model.JarLibraries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * The native libraries of ONNX Runtime, unpacked from its jar once per host and version. ONNX
 * Runtime itself would unpack them for each process, and would leave them behind if the process is
 * killed; with CUDA they take more than half a gigabyte.
 *
 * <p>Nothing is unpacked if {@code onnxruntime.native.path} names a directory that has them.
 */
final class NativeLibraries {
  private static final String PATH = "onnxruntime.native.path";

  /** The directory where JNA unpacks its own code; by default in the home directory. */
  private static final String JNA_PATH = "jna.tmpdir";

  /** The first library distinguishes versions; only some jars have those for GPUs. */
  private static final List<String> NAMES =
      List.of(
          "libonnxruntime.so",
          "libonnxruntime4j_jni.so",
          "libonnxruntime_providers_shared.so",
          "libonnxruntime_providers_cuda.so");

  private final JarLibraries libraries;

  NativeLibraries(ClassLoader jar, String resources, Path cache) {
    this.libraries = new JarLibraries(jar, resources, NAMES, cache);
  }

  /** Unpacks the libraries if necessary, and makes ONNX Runtime load them from there. */
  static void install() {
    if (System.getProperty(PATH) != null || !System.getProperty("os.name").equals("Linux")) {
      return;
    }
    try {
      Path cache = JarLibraries.cache();
      new NativeLibraries(NativeLibraries.class.getClassLoader(), resources(), cache)
          .directory()
          .ifPresent(directory -> System.setProperty(PATH, directory.toString()));
      System.getProperties().putIfAbsent(JNA_PATH, cache.toString());
    } catch (IOException | RuntimeException e) {
      LoggerFactory.getLogger(NativeLibraries.class)
          .info("ONNX Runtime unpacks its libraries itself: {}", e.getMessage());
    }
  }

  /**
   * The directory from which ONNX Runtime loads its libraries; empty if it unpacks them from its
   * jar itself.
   */
  static Optional<Path> installed() {
    return Optional.ofNullable(System.getProperty(PATH)).map(Path::of);
  }

  private static String resources() {
    String architecture = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return "ai/onnxruntime/native/linux-" + (architecture.equals("amd64") ? "x64" : architecture);
  }

  /** The directory with the libraries; empty if the class path has no jar with them. */
  Optional<Path> directory() throws IOException {
    return libraries.directory("onnxruntime");
  }
}
