package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people see of the model command; what it computes is tested in the library. */
class TestModelCommand {
  @TempDir Path directory;

  @Test
  void mistakesGetOneLine() throws Exception {
    String none = directory.resolve("none").toString();
    Cli.Result absent = Cli.run("model", "import", "--from", none, "--to", none + "2");
    assertThat(absent.code()).isEqualTo(2);
    assertThat(absent.err()).contains("none: there is no such directory");
    assertThat(Cli.run("model", "info", none).err())
        .isEqualTo("e5-spark: Cannot use model %s: there is no such directory\n".formatted(none));
    Cli.Result plain = Cli.run("model", "info", directory.toString());
    assertThat(plain.code()).isEqualTo(2);
    assertThat(plain.err())
        .contains("it has no e5-model.json, since it was not made by model import");
    Files.writeString(directory.resolve("config.json"), "{\"model_type\":\"gpt2\"}");
    Cli.Result other = Cli.run("model", "import", "--from", directory.toString(), "--to", none);
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains("model_type is \"gpt2\" (must be \"bert\")");
    assertThat(Path.of(none)).doesNotExist();
    Cli.Result wrong =
        Cli.run("model", "import", "--from", none, "--to", none, "--precision", "int4");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err().strip())
        .isEqualTo("e5-spark: Invalid precision: int4 (must be one of fp32, fp16, int8)");
  }

  @Test
  void checkpointIsReadFromAnyFileSystem() throws Exception {
    String key = "spark.hadoop.fs.other.impl";
    System.setProperty(key, TestModelDirectories.OtherFileSystem.class.getName());
    try {
      String from = "other:" + directory.resolve("gpt");
      Files.createDirectories(directory.resolve("gpt/1_Pooling"));
      Files.writeString(directory.resolve("gpt/config.json"), "{\"model_type\":\"bert\"}");
      Files.writeString(directory.resolve("gpt/pytorch_model.bin"), "x");
      String to = directory.resolve("to").toString();
      Cli.Result result = Cli.run("model", "import", "--from", from, "--to", to);
      assertThat(result.code()).isEqualTo(2);
      assertThat(result.err()).startsWith("e5-spark: Cannot import " + from + ": ");
      Cli.Result absent = Cli.run("model", "import", "--from", from + "x", "--to", to);
      assertThat(absent.err()).contains(from + "x: there is no such directory");
    } finally {
      System.clearProperty(key);
    }
  }
}
