package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.model.BuiltInModel;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests models outside the jar: local directories, other file systems, and broken files. */
class TestModelDirectories {
  @TempDir static Path directory;
  private static Path input;
  private static Path model;

  /**
   * A file system that Spark regards as different from the local file system: {@code other:/path}.
   */
  public static final class OtherFileSystem extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("other:///");
    }
  }

  @BeforeAll
  static void copyModel() throws IOException {
    input = Files.writeString(directory.resolve("rows.jsonl"), "{\"id\":1,\"text\":\"hello\"}\n");
    model = Files.createDirectories(directory.resolve("model"));
    for (String file : List.of("model.onnx", "tokenizer.json")) {
      try (InputStream in = BuiltInModel.E5_SMALL_V2.open(file)) {
        Files.copy(in, model.resolve(file));
      }
    }
  }

  private static Cli.Result embed(String location) {
    String output = directory.resolve("vectors").toString();
    String cache = "model-cache=" + directory.resolve("cache");
    return Cli.run(
        "embed",
        "--input",
        input.toString(),
        "--output",
        output,
        "--model",
        location,
        "--set",
        cache,
        "--json");
  }

  @Test
  void localDirectoryIsTheSameModel() {
    Cli.Result directory = embed(model.toString());
    Cli.Result builtIn = embed("e5-small-v2");
    assertThat(directory.code()).as(directory.err()).isZero();
    assertThat(fingerprint(directory)).isEqualTo(fingerprint(builtIn));
  }

  @Test
  void nameIsFoundInTheModelHome() throws IOException {
    Path home = Files.createDirectories(directory.resolve("home"));
    Path link = home.resolve("e5-small-unsupervised");
    Files.createSymbolicLink(link, model);
    String output = directory.resolve("named").toString();
    Cli.Result named =
        Cli.run(
            "embed",
            "--input",
            input.toString(),
            "--output",
            output,
            "--model",
            "e5-small-unsupervised",
            "--set",
            "model-home=" + home.toUri(),
            "--json");
    assertThat(named.code()).as(named.err()).isZero();
    assertThat(fingerprint(named)).isEqualTo(fingerprint(embed("e5-small-v2")));
    assertThat(named.out()).contains("\"model\" : \"e5-small-unsupervised\"");
  }

  @Test
  void otherModelOfThatNameIsRefused() throws IOException {
    Path home = Files.createDirectories(directory.resolve("wrong-home"));
    Files.createSymbolicLink(home.resolve("e5-large-v2"), model);
    Cli.Result named =
        Cli.run(
            "embed",
            "--input",
            input.toString(),
            "--output",
            directory.resolve("wrong").toString(),
            "--model",
            "e5-large-v2",
            "--set",
            "model-home=" + home);
    assertThat(named.code()).isEqualTo(2);
    assertThat(named.err().strip())
        .isEqualTo(
            "e5-spark: Cannot use model e5-large-v2: its vectors have dimension 384 (must be 1024)");
  }

  private static String fingerprint(Cli.Result result) {
    return result.out().replaceAll("(?s).*\"fingerprint\" : \"(\\w+)\".*", "$1");
  }

  @Test
  void anyHadoopFileSystemWillDo() {
    Cli.Result file = embed(model.toUri().toString());
    assertThat(file.code()).as(file.err()).isZero();
    Cli.Result other = embed("other:" + model);
    assertThat(other.code()).as(other.err()).isZero();
    assertThat(fingerprint(other)).isEqualTo(fingerprint(file));
    assertThat(directory.resolve("cache").toFile().list()).hasSize(2);
    Cli.Result missing = embed("other:/no/such/model");
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.err()).startsWith("e5-spark: Cannot use model other:/no/such/model: ");
  }

  @Test
  void brokenModelIsNamed() throws IOException {
    Path broken = Files.createDirectories(directory.resolve("broken"));
    Files.copy(model.resolve("tokenizer.json"), broken.resolve("tokenizer.json"));
    Files.writeString(broken.resolve("model.onnx"), "not a graph");
    Cli.Result result = embed(broken.toString());
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err().strip().lines()).hasSize(1);
    assertThat(result.err()).startsWith("e5-spark: Cannot use model " + broken + ": ");
  }
}
