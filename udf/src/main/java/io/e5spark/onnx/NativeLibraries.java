package io.e5spark.onnx;

import io.e5spark.model.PrivateDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.jar.JarFile;
import java.util.stream.Stream;
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
  private static final String UNFINISHED = ".unfinished-";

  /** The first one tells versions apart; those of GPUs are there in some jars only. */
  private static final List<String> NAMES =
      List.of(
          "libonnxruntime.so",
          "libonnxruntime4j_jni.so",
          "libonnxruntime_providers_shared.so",
          "libonnxruntime_providers_cuda.so");

  private final ClassLoader jar;
  private final String resources;
  private final PrivateDirectory cache;

  NativeLibraries(ClassLoader jar, String resources, Path cache) {
    this.jar = jar;
    this.resources = resources;
    this.cache = new PrivateDirectory(cache, "native cache", "-De5.native-cache");
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
    Path target = cache.path().resolve("onnxruntime-" + version(connection));
    cache.create();
    if (!isWhole(target)) {
      takeOutOnce(target);
    }
    return Optional.of(target);
  }

  private static String version(JarURLConnection connection) throws IOException {
    try (JarFile opened = connection.getJarFile()) {
      return Long.toHexString(opened.getJarEntry(connection.getEntryName()).getCrc());
    }
  }

  /** Programs that tidy up temporary directories delete single files. */
  private boolean isWhole(Path target) throws IOException {
    for (String name : NAMES) {
      URL source = jar.getResource(resources + "/" + name);
      Path copy = target.resolve(name);
      if (source != null
          && (!Files.exists(copy)
              || Files.size(copy) != source.openConnection().getContentLengthLong())) {
        return false;
      }
    }
    return true;
  }

  private void takeOutOnce(Path target) throws IOException {
    Path lock = target.resolveSibling(target.getFileName() + ".lock");
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      if (held.isValid() && !isWhole(target)) {
        deleteUnfinished(target);
        takeOut(target);
      }
    }
  }

  /** File by file, so that a process that has some of them open keeps what it has. */
  private void takeOut(Path target) throws IOException {
    Files.createDirectories(target);
    for (String name : NAMES) {
      try (InputStream in = jar.getResourceAsStream(resources + "/" + name)) {
        if (in != null) {
          Path unfinished = target.resolve(name + UNFINISHED + UUID.randomUUID());
          Files.copy(in, unfinished);
          Files.move(unfinished, target.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        }
      }
    }
  }

  /** What processes left that were killed meanwhile. */
  private static void deleteUnfinished(Path target) throws IOException {
    if (!Files.isDirectory(target)) {
      return;
    }
    try (Stream<Path> files = Files.list(target)) {
      for (Path file : files.sorted(Comparator.naturalOrder()).toList()) {
        if (file.getFileName().toString().contains(UNFINISHED)) {
          Files.delete(file);
        }
      }
    }
  }
}
