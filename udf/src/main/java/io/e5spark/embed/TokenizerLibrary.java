package io.e5spark.embed;

import io.e5spark.model.JarLibraries;
import io.e5spark.model.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The native code of the tokenizer, which is unpacked from its jar to a place where only this user
 * can write, until it is loaded. The tokenizer library itself would leave it in the home directory.
 * If that is not writable, it would load whatever lies in a directory for temporary files that
 * anyone may have made.
 */
final class TokenizerLibrary implements AutoCloseable {
  /** The file of the library. If the property names a directory, a machine without a GPU fails. */
  private static final String FILE = "RUST_LIBRARY_PATH";

  /** The directory where JNA unpacks its own code; by default in the home directory. */
  private static final String JNA_DIRECTORY = "jna.tmpdir";

  private static final String NAME = System.mapLibraryName("tokenizers");

  private final Map<String, String> properties = new LinkedHashMap<>();
  private final @Nullable TemporaryDirectory temporary;

  private TokenizerLibrary(Path directory, Path jna, @Nullable TemporaryDirectory temporary) {
    properties.put(FILE, directory.resolve(NAME).toString());
    properties.put(JNA_DIRECTORY, jna.toString());
    properties.keySet().removeIf(name -> System.getProperty(name) != null);
    this.temporary = temporary;
  }

  /**
   * Unpacks the library into the native cache or, if others may write to that, into a directory of
   * this process; empty if the class path has none for this machine.
   *
   * @throws IOException if it can be written to neither
   */
  static Optional<TokenizerLibrary> unpacked(Path cache) throws IOException {
    try {
      return in(cache).map(directory -> new TokenizerLibrary(directory, cache, null));
    } catch (IOException e) {
      LoggerFactory.getLogger(TokenizerLibrary.class)
          .info(
              "The library of the tokenizer is unpacked only for this process: {}", e.getMessage());
    }
    TemporaryDirectory temporary = TemporaryDirectory.create();
    Path own = temporary.path();
    return in(own).map(directory -> new TokenizerLibrary(directory, own, temporary));
  }

  private static Optional<Path> in(Path cache) throws IOException {
    return new JarLibraries(
            TokenizerLibrary.class.getClassLoader(), resources(), List.of(NAME), cache)
        .directory("tokenizers");
  }

  private static String resources() {
    String system = System.getProperty("os.name").startsWith("Mac") ? "osx" : "linux";
    String architecture = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return "native/lib/"
        + (system + "-" + (architecture.equals("amd64") ? "x86_64" : architecture))
        + "/cpu";
  }

  /** The system properties that name the library, without those that the process has set itself. */
  Map<String, String> properties() {
    return properties;
  }

  @Override
  public void close() {
    if (temporary != null) {
      temporary.close();
    }
  }
}
