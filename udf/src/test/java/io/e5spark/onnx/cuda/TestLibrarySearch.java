package io.e5spark.onnx.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestLibrarySearch {
  private static final String FILE = "libcublas.so.13";

  @TempDir Path root;

  /** Puts the library into a directory below the root. */
  private Path lay(String directory) throws IOException {
    Path made = Files.createDirectories(root.resolve(directory));
    Files.createFile(made.resolve(FILE));
    return made;
  }

  @Test
  void nothingIsFoundWhereThereIsNone() {
    assertThat(new LibrarySearch(root, Map.of("PATH", "/no/where")).directoryOf(FILE)).isEmpty();
  }

  @Test
  void toolkitAndPythonOfTheHostAreSearched() throws Exception {
    Path packages = lay("usr/local/lib/python3.12/dist-packages/nvidia/cu13/lib");
    LibrarySearch search = new LibrarySearch(root, Map.of());
    assertThat(search.directoryOf(FILE)).contains(packages);
    Path toolkit = lay("usr/local/cuda-13.0/lib64");
    assertThat(search.directoryOf(FILE)).contains(toolkit);
  }

  @Test
  void loadersOwnListComesFirst() throws Exception {
    lay("usr/local/cuda/lib64");
    Path listed = lay("listed");
    Map<String, String> environment = Map.of("LD_LIBRARY_PATH", "/no/where:" + listed);
    assertThat(new LibrarySearch(root, environment).directoryOf(FILE)).contains(listed);
  }

  @Test
  void virtualEnvironmentBehindALinkIsSearched() throws Exception {
    Path packages = lay("torch/.venv/lib/python3.12/site-packages/nvidia/cublas/lib");
    Path real = Files.createDirectories(root.resolve("base/bin")).resolve("python3.12");
    Files.createFile(real);
    Path inside = Files.createDirectories(root.resolve("torch/.venv/bin")).resolve("python3");
    Files.createSymbolicLink(inside, real);
    Path bin = Files.createDirectories(root.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("python3"), inside);
    Map<String, String> environment = Map.of("PATH", bin.toString());
    assertThat(new LibrarySearch(root.resolve("none"), environment).directoryOf(FILE))
        .contains(packages);
  }
}
