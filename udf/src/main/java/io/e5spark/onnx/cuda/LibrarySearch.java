package io.e5spark.onnx.cuda;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Finds libraries of CUDA in places that the loader may not know: NVIDIA's packages in {@code
 * /usr/local/cuda*}, and Python's packages in {@code nvidia/*}.
 */
final class LibrarySearch {
  private static final int MOST_LINKS = 8;

  private final Path root;
  private final Map<String, String> environment;

  /**
   * A search on a host.
   *
   * @param root the root of its file system
   * @param environment the variables of the process
   */
  LibrarySearch(Path root, Map<String, String> environment) {
    this.root = root;
    this.environment = environment;
  }

  static LibrarySearch ofThisHost() {
    return new LibrarySearch(Path.of("/"), System.getenv());
  }

  /** The first directory that has a file with this name. */
  Optional<Path> directoryOf(String file) {
    return Stream.of(entries("LD_LIBRARY_PATH").stream(), toolkits(), packages())
        .flatMap(Function.identity())
        .filter(directory -> Files.exists(directory.resolve(file)))
        .findFirst();
  }

  private Stream<Path> toolkits() {
    return matching(root.resolve("usr/local"), "cuda*").map(toolkit -> toolkit.resolve("lib64"));
  }

  private Stream<Path> packages() {
    return prefixes().stream()
        .flatMap(prefix -> matching(prefix.resolve("lib"), "python3*"))
        .flatMap(python -> matching(python, "{site,dist}-packages"))
        .flatMap(packages -> matching(packages.resolve("nvidia"), "*"))
        .map(part -> part.resolve("lib"));
  }

  /** The directories below which Python's packages are installed. */
  private List<Path> prefixes() {
    List<Path> prefixes = new ArrayList<>();
    for (String variable : List.of("VIRTUAL_ENV", "CONDA_PREFIX")) {
      prefixes.addAll(entries(variable));
    }
    entries("PATH").forEach(directory -> follow(directory.resolve("python3"), prefixes));
    entries("HOME").forEach(home -> prefixes.add(home.resolve(".local")));
    prefixes.addAll(List.of(root.resolve("usr/local"), root.resolve("usr")));
    return prefixes;
  }

  /**
   * The Python of a virtual environment is a link to another Python, whose packages count as well.
   */
  private static void follow(Path python, List<Path> prefixes) {
    Path link = python.toAbsolutePath();
    try {
      for (int hop = 0; hop < MOST_LINKS && Files.exists(link); hop++) {
        prefixes.add(link.resolveSibling("..").normalize());
        if (!Files.isSymbolicLink(link)) {
          return;
        }
        link = link.resolveSibling(Files.readSymbolicLink(link)).normalize();
      }
    } catch (IOException e) {
      // A directory that cannot be read has nothing that could be loaded.
      return;
    }
  }

  private List<Path> entries(String variable) {
    return Stream.of(environment.getOrDefault(variable, "").split(File.pathSeparator, -1))
        .filter(entry -> !entry.isBlank())
        .map(Path::of)
        .toList();
  }

  /** Empty if the directory does not exist or is not readable. */
  private static Stream<Path> matching(Path directory, String names) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, names)) {
      entries.forEach(found::add);
    } catch (IOException e) {
      return Stream.empty();
    }
    return found.stream().sorted();
  }
}
