package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.importer.checkpoint.SyntheticCheckpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what users see of the model command. The library's tests cover what it computes. */
class TestModelCommand {
  @TempDir Path directory;

  @Test
  void mistakesGetOneLine() throws Exception {
    String none = directory.resolve("none").toString();
    Cli.Result absent = Cli.run("model", "import", "--from", none, "--to", none + "2");
    assertThat(absent.code()).isEqualTo(2);
    assertThat(absent.err())
        .contains("none: there is no directory ", " (download the checkpoint first)");
    assertThat(Cli.run("model", "info", none).err())
        .isEqualTo(
            "e5-spark: Cannot use model %s: there is no directory %s (name one that model import made)\n"
                .formatted(none, Path.of(none).toAbsolutePath()));
    Cli.Result plain = Cli.run("model", "info", directory.toString());
    assertThat(plain.code()).isEqualTo(2);
    assertThat(plain.err()).contains("it has no e5-model.json, so model import did not make it");
    Files.writeString(directory.resolve("config.json"), "{\"model_type\":\"gpt2\"}");
    Cli.Result other = Cli.run("model", "import", "--from", directory.toString(), "--to", none);
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains("model_type is \"gpt2\" (must be \"bert\"");
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
      assertThat(absent.err()).contains(from + "x: there is no directory " + from + "x");
    } finally {
      System.clearProperty(key);
    }
  }

  private String checkpoint(String name) throws Exception {
    Path from = new SyntheticCheckpoint(8, 1, 2, 40, 64, "F32", "").in(directory.resolve(name));
    Files.delete(from.resolve("config_sentence_transformers.json"));
    return from.toString();
  }

  private String to() {
    return directory.resolve("to").toString();
  }

  @Test
  void checkpointWithoutPromptsIsRefusedWithTheChoice() throws Exception {
    String from = checkpoint("mine");
    Cli.Result refused = Cli.run("model", "import", "--from", from, "--to", to());
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err().strip())
        .isEqualTo(
            "e5-spark: Cannot import %s: it names no prompts and is not a published model; add --prompts e5, --prompts none, or --query-prompt with --passage-prompt (found: mean pooling by the default; tokenizer tokenizer.json; at most 64 tokens by positions of config.json)"
                .formatted(from));
    assertThat(Path.of(to())).doesNotExist();
    Cli.Result chosen =
        Cli.run(
            "model",
            "import",
            "--from",
            from,
            "--to",
            to(),
            "--query-prompt",
            "Instruct: {task}\n",
            "--passage-prompt",
            "");
    assertThat(chosen.code()).as(chosen.err()).isZero();
    assertThat(chosen.out())
        .contains("at most 64 tokens", "mean pooling")
        .contains("Prompts  query \"Instruct: {task}\\n\", passage \"\"");
    assertThat(Cli.run("model", "info", to(), "--json").out())
        .contains("\"query\" : \"Instruct: {task}\\n\"");
    assertThat(Cli.run("model", "verify", to()).code()).isZero();
  }

  @Test
  void wordOfTheUserWinsWithALineThatSaysSo() throws Exception {
    String from = checkpoint("mine");
    Files.writeString(
        Path.of(from, "config_sentence_transformers.json"), "{\"prompts\":{\"query\":\"own: \"}}");
    Cli.Result result =
        Cli.run("model", "import", "--from", from, "--to", to(), "--prompts", "none");
    assertThat(result.out()).contains("Prompts  query \"\", passage \"\"");
    assertThat(result.err())
        .isEqualTo(
            "Warning: The prompts come from the command line, not from config_sentence_transformers.json: query \"own: \", passage \"\"\n");
  }

  @Test
  void dryRunSaysWhatWouldBeMadeAndWhy() throws Exception {
    String from = checkpoint("mine");
    Files.createDirectories(Path.of(from, "pool"));
    Files.writeString(Path.of(from, "pool/config.json"), "{\"pooling_mode\":[\"cls\"]}");
    Files.writeString(
        Path.of(from, "modules.json"),
        "[{\"type\":\"m.Transformer\",\"path\":\"\"},{\"type\":\"m.Pooling\",\"path\":\"pool\"}]");
    Files.writeString(Path.of(from, "tokenizer_config.json"), "{\"model_max_length\":48}");
    Cli.Result result = Cli.run("model", "import", "--from", from, "--dry-run", "--prompts", "e5");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out())
        .isEqualTo(
            """
            Model      mine, 1 layers, 2 heads, dimension 8, fp32
            Encoder    ./
            Tokenizer  tokenizer.json, a vocabulary of 40
            Pooling    cls, by pool/config.json
            Prompts    query "query: ", passage "passage: ", by the command line
            Input      at most 48 tokens, by model_max_length of tokenizer_config.json
            Weights    about 1 MB
            """);
    assertThat(directory.toFile().list()).containsExactly("mine");
    Cli.Result json =
        Cli.run(
            "model",
            "import",
            "--from",
            from,
            "--to",
            to(),
            "--dry-run",
            "--json",
            "--prompts",
            "e5");
    assertThat(json.out()).contains("\"pooling_source\" : \"pool/config.json\"");
    assertThat(Path.of(to())).doesNotExist();
  }

  @Test
  void longerInputsThanAnyModelIsGivenAreNamed() throws Exception {
    Path from = new SyntheticCheckpoint(8, 1, 2, 40, 600, "F32", "").in(directory.resolve("long"));
    Cli.Result result = Cli.run("model", "import", "--from", from.toString(), "--dry-run");
    assertThat(result.out()).contains("at most 512 tokens, by the limit of e5-spark");
    assertThat(result.err())
        .isEqualTo(
            "Warning: Texts are truncated at 512 tokens, the longest input of e5-spark, although positions of config.json would allow 600\n");
  }

  @Test
  void targetIsNeededUnlessNothingIsWritten() throws Exception {
    Cli.Result result = Cli.run("model", "import", "--from", checkpoint("mine"));
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("--to is missing");
  }

  @Test
  void directoriesThatTheModulesNameComeFromAnyFileSystem() throws Exception {
    Path from = Path.of(checkpoint("mine"));
    Path encoder = Files.createDirectory(from.resolve("encoder"));
    for (String file : List.of("config.json", "tokenizer.json", "model.safetensors")) {
      Files.move(from.resolve(file), encoder.resolve(file));
    }
    Files.createDirectory(from.resolve("pooling"));
    Files.writeString(from.resolve("pooling/config.json"), "{\"pooling_mode\":\"mean\"}");
    Files.writeString(
        from.resolve("modules.json"),
        "[{\"type\":\"m.Transformer\",\"path\":\"encoder\"},{\"type\":\"m.Pooling\",\"path\":\"pooling\"}]");
    String key = "spark.hadoop.fs.other.impl";
    System.setProperty(key, TestModelDirectories.OtherFileSystem.class.getName());
    try {
      Cli.Result result =
          Cli.run("model", "import", "--from", "other:" + from, "--to", to(), "--prompts", "none");
      assertThat(result.code()).as(result.err()).isZero();
      assertThat(result.out()).contains("Model    mine, 1 layers", "mean pooling\n");
    } finally {
      System.clearProperty(key);
    }
  }
}
