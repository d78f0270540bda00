package io.e5spark.onnx;

import io.e5spark.model.HostCopies;
import io.e5spark.model.PrivateDirectory;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * ONNX Runtime's native libraries, taken out of its jar once a host and version. ONNX Runtime
 * itself would take them out for each process, and leave them where a process is killed; with CUDA
 * that is more than half a gigabyte.
 *
 * <p>They lie in {@code e5-spark-<user>} in the directory of temporary files, or where the system
 * property {@code e5.native-cache} says. Nothing is taken out where {@code onnxruntime.native.path}
 * names a directory that has them.
 */
final class NativeLibraries {
  private static final String PATH = "onnxruntime.native.path";

  /** The first one tells versions apart; those of GPUs are there in some jars only. */
  private static final List<String> NAMES =
      List.of(
          "libonnxruntime.so",
          "libonnxruntime4j_jni.so",
          "libonnxruntime_providers_shared.so",
          "libonnxruntime_providers_cuda.so");

  private final ClassLoader jar;
  private final String resources;
  private final HostCopies copies;

  NativeLibraries(ClassLoader jar, String resources, Path cache) {
    this.jar = jar;
    this.resources = resources;
    this.copies = new HostCopies(new PrivateDirectory(cache, "native cache", "-De5.native-cache"));
  }

  /** Takes the libraries out, if need be, and has ONNX Runtime load them from there. */
  static void install() {
    if (System.getProperty(PATH) != null || !System.getProperty("os.name").equals("Linux")) {
      return;
    }
    try {
      Path cache = cache();
      new NativeLibraries(NativeLibraries.class.getClassLoader(), resources(), cache)
          .directory()
          .ifPresent(directory -> System.setProperty(PATH, directory.toString()));
    } catch (IOException | RuntimeException e) {
      LoggerFactory.getLogger(NativeLibraries.class)
          .info("ONNX Runtime takes its libraries out itself: {}", e.getMessage());
    }
  }

  private static Path cache() {
    String usual = System.getProperty("java.io.tmpdir") + "/e5-spark-{user}";
    String named = System.getProperty("e5.native-cache", usual);
    return Path.of(named.replace("{user}", System.getProperty("user.name"))).toAbsolutePath();
  }

  private static String resources() {
    String architecture = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return "ai/onnxruntime/native/linux-" + (architecture.equals("amd64") ? "x64" : architecture);
  }

  /** The directory with the libraries; empty if the class path has no jar of them. */
  Optional<Path> directory() throws IOException {
    URL first = jar.getResource(resources + "/" + NAMES.get(0));
    if (first == null || !(first.openConnection() instanceof JarURLConnection connection)) {
      return Optional.empty();
    }
    // A connection that is cached would close the jar under the class loader.
    connection.setUseCaches(false);
    String version = Long.toHexString(connection.getJarEntry().getCrc());
    connection.getJarFile().close();
    return Optional.of(copies.of("onnxruntime-" + version, libraries()));
  }

  private List<HostCopies.Source> libraries() throws IOException {
    List<HostCopies.Source> libraries = new ArrayList<>();
    for (String name : NAMES) {
      URL library = jar.getResource(resources + "/" + name);
      if (library != null) {
        long bytes = library.openConnection().getContentLengthLong();
        libraries.add(new HostCopies.Source(name, bytes, library::openStream));
      }
    }
    return libraries;
  }
}
