package io.e5spark.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that the libraries of a jar are unpacked once. */
class TestNativeLibraries {
  private static final String RESOURCES = "ai/onnxruntime/native/linux-x64";

  @TempDir Path directory;

  private Path jar(Map<String, String> libraries) throws IOException {
    Path jar = Files.createTempFile(directory, "runtime", ".jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      for (Map.Entry<String, String> library : libraries.entrySet()) {
        entries.putNextEntry(new JarEntry(RESOURCES + "/" + library.getKey()));
        entries.write(library.getValue().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    return jar;
  }

  private NativeLibraries libraries(Path jar) throws IOException {
    URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
    return new NativeLibraries(loader, RESOURCES, directory.resolve("cache"));
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void allProcessesUseOneCopy() throws Exception {
    Path jar = jar(Map.of("libonnxruntime.so", "core", "libonnxruntime_providers_cuda.so", "cuda"));
    ExecutorService processes = Executors.newFixedThreadPool(4);
    try {
      Callable<Path> process = () -> libraries(jar).directory().orElseThrow();
      // The first call ends before the others begin, because threads of one process cannot wait for
      // each other's file locks.
      Path first = process.call();
      Object file = Files.getAttribute(first.resolve("libonnxruntime.so"), "unix:ino");
      for (Future<Path> next : processes.invokeAll(List.of(process, process, process))) {
        assertThat(next.get()).isEqualTo(first);
      }
      assertThat(names(first))
          .containsExactly("libonnxruntime.so", "libonnxruntime_providers_cuda.so");
      assertThat(Files.getAttribute(first.resolve("libonnxruntime.so"), "unix:ino"))
          .isEqualTo(file);
    } finally {
      processes.shutdown();
    }
  }

  @Test
  void anotherVersionHasItsOwnCopy() throws Exception {
    Path first = libraries(jar(Map.of("libonnxruntime.so", "one"))).directory().orElseThrow();
    Path second = libraries(jar(Map.of("libonnxruntime.so", "two"))).directory().orElseThrow();
    assertThat(second).isNotEqualTo(first);
    assertThat(first.resolve("libonnxruntime.so")).hasContent("one");
    assertThat(second.resolve("libonnxruntime.so")).hasContent("two");
  }

  @Test
  void whatAKilledProcessLeftIsMended() throws Exception {
    NativeLibraries libraries = libraries(jar(Map.of("libonnxruntime.so", "core")));
    Path copy = libraries.directory().orElseThrow();
    Files.writeString(copy.resolve("libonnxruntime.so"), "co");
    Files.writeString(copy.resolve("libonnxruntime.so.unfinished-1"), "c");
    assertThat(libraries.directory()).contains(copy);
    assertThat(names(copy)).containsExactly("libonnxruntime.so");
    assertThat(copy.resolve("libonnxruntime.so")).hasContent("core");
  }

  @Test
  void directoryThatOthersMayWriteToIsNotUsed() throws Exception {
    Path cache = Files.createDirectory(directory.resolve("cache"));
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> libraries(jar(Map.of("libonnxruntime.so", "core"))).directory())
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("others may write to the native cache");
  }

  @Test
  void thisProcessLoadedItsLibrariesFromTheCopy() {
    assertThat(OnnxRuntime.version()).isNotEmpty();
    assertThat(Path.of(System.getProperty("onnxruntime.native.path")))
        .isDirectoryContaining("glob:**libonnxruntime.so");
  }
}
