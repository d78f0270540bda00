package io.e5spark.onnx.cuda;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A library of CUDA, as this host has it.
 *
 * @param loads whether this process can load it
 * @param directory its directory, even if the loader does not look there; null if it was not found
 */
public record FoundLibrary(CudaLibrary library, boolean loads, @Nullable String directory)
    implements Serializable {
  private static final Path MAPPED = Path.of("/proc/self/maps");

  /** Looks for a library. */
  static FoundLibrary of(CudaLibrary library) {
    boolean loads = library.loads();
    Path directory =
        loads
            ? loadedFrom(library.file())
            : LibrarySearch.ofThisHost().directoryOf(library.file()).orElse(null);
    return new FoundLibrary(library, loads, directory == null ? null : directory.toString());
  }

  private static @Nullable Path loadedFrom(String file) {
    // The file behind a link may have a longer version in its name, or another one.
    String name = "/" + file.substring(0, file.indexOf(".so") + 3) + ".";
    try (Stream<String> lines = Files.lines(MAPPED)) {
      return lines
          .filter(line -> line.contains(name))
          .map(line -> Path.of(line.substring(line.indexOf('/'))).getParent())
          .findFirst()
          .orElse(null);
    } catch (IOException e) {
      return null;
    }
  }

  /** Whether it prevents all sessions from opening. */
  boolean missing() {
    return library.required() && !loads;
  }

  /** What to do if it cannot be loaded. */
  public String remedy() {
    return directory == null
        ? "install %s, or add its directory to LD_LIBRARY_PATH".formatted(library.source())
        : "add %s to LD_LIBRARY_PATH".formatted(directory);
  }

  /** The libraries that a session requires and that cannot be loaded. */
  static List<FoundLibrary> missing(List<FoundLibrary> libraries) {
    return libraries.stream().filter(FoundLibrary::missing).toList();
  }
}
