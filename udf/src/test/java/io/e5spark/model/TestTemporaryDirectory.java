package io.e5spark.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestTemporaryDirectory {
  @TempDir Path parent;

  /**
   * A program for another process. It makes a directory, prints its path, and waits to be killed.
   */
  static final class Other {
    private Other() {}

    public static void main(String[] arguments) throws Exception {
      TemporaryDirectory directory = TemporaryDirectory.createIn(Path.of(arguments[0]));
      Files.writeString(directory.path().resolve("model.onnx"), "weights");
      System.out.println(directory.path());
      Thread.sleep(60_000);
    }
  }

  private Process other() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Other.class.getName(),
            parent.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(parent)) {
      return files.toList();
    }
  }

  @Test
  void nothingIsLeftOnceItIsClosed() throws IOException {
    try (TemporaryDirectory directory = TemporaryDirectory.createIn(parent)) {
      Files.createDirectories(directory.path().resolve("onnx"));
      Files.writeString(directory.path().resolve("onnx/model.onnx"), "weights");
      assertThat(TemporaryDirectory.abandoned(parent)).isEmpty();
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void severalOfOneProcessLeaveEachOtherAlone() throws IOException {
    try (TemporaryDirectory first = TemporaryDirectory.createIn(parent);
        TemporaryDirectory second = TemporaryDirectory.createIn(parent)) {
      assertThat(first.path()).isDirectory().isNotEqualTo(second.path());
    }
  }

  @Test
  void oneOfALivingProcessStaysAndOneOfAKilledProcessGoes() throws Exception {
    Process process = other();
    Path path = Path.of(process.inputReader().readLine());
    TemporaryDirectory.createIn(parent).close();
    assertThat(TemporaryDirectory.abandoned(parent)).isEmpty();
    assertThat(path.resolve("model.onnx")).exists();
    process.destroyForcibly().waitFor();
    assertThat(TemporaryDirectory.abandoned(parent)).containsExactly(path);
    TemporaryDirectory.createIn(parent).close();
    assertThat(files()).isEmpty();
  }

  @Test
  void foreignFilesStay() throws IOException {
    Files.createDirectory(parent.resolve("e5-spark-someone"));
    Files.writeString(parent.resolve("e5-spark-files-1-1-a"), "a file");
    TemporaryDirectory.createIn(parent).close();
    assertThat(files()).hasSize(2);
  }
}
