package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.model.BuiltInModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands and queries that the documents show are run as they stand, one after another. */
class TestDocumentedCommands {
  private static final Path HOME = Path.of("..");
  private static final String MODEL = "e5-small-v2";
  private static final Pattern SQL = Pattern.compile("(?s)```sql\\n(.*?)```");
  private static final Pattern PATH =
      Pattern.compile(
          "(articles|vectors|merged|chunks|results|tasks|models|e5-small-v2|sts13-sts|my-fine-tune)/.*");

  @TempDir Path directory;

  @BeforeEach
  void makeWhatTheyRead() throws IOException {
    Path articles = Files.createDirectories(directory.resolve("articles"));
    Files.writeString(
        articles.resolve("articles.jsonl"),
        """
        {"id":"a","title":"Crisp crust","text":"Steam in the oven keeps the dough supple."}
        {"id":"b","title":"Rust","text":"Dry the chain of a bicycle after rain."}
        """);
    Path task = Files.createDirectories(directory.resolve("sts13-sts"));
    Files.writeString(
        task.resolve("test.jsonl"),
        """
        {"sentence1":"A crisp crust.","sentence2":"A crust that is crisp.","score":5}
        {"sentence1":"A crisp crust.","sentence2":"Rust on a chain.","score":0}
        """);
    for (String name : List.of(MODEL, "my-fine-tune")) {
      writeCheckpoint(Files.createDirectories(directory.resolve(name)));
    }
  }

  private static void writeCheckpoint(Path checkpoint) throws IOException {
    copy("model.onnx", checkpoint);
    copy("tokenizer.json", checkpoint);
    Files.writeString(
        checkpoint.resolve("config.json"),
        """
        {"model_type":"bert","hidden_act":"gelu","hidden_size":384,"num_hidden_layers":12,
         "num_attention_heads":12,"intermediate_size":1536,"vocab_size":30522,
         "max_position_embeddings":512,"type_vocab_size":2,"layer_norm_eps":1e-12}
        """);
  }

  private static void copy(String file, Path directory) throws IOException {
    try (InputStream in = BuiltInModel.E5_SMALL_V2.open(file)) {
      Files.copy(in, directory.resolve(file));
    }
  }

  @Test
  void commandsOfTheReadme() throws IOException {
    run("README.md", 8);
    assertThat(directory.resolve("results/report.html")).isNotEmptyFile();
    assertThat(directory.resolve("models/" + MODEL + "/e5-model.json")).isNotEmptyFile();
  }

  @Test
  void commandsOfModels() throws IOException {
    run("docs/models.md", 5);
  }

  private void run(String document, int atLeast) throws IOException {
    List<String> lines = TestDocs.commands(HOME.resolve(document));
    assertThat(lines).hasSizeGreaterThanOrEqualTo(atLeast);
    for (String line : lines) {
      String[] words = Stream.of(TestDocs.words(line)).map(this::located).toArray(String[]::new);
      Cli.Result result = Cli.run(words);
      assertThat(result.code()).as("%s: %s", line, result.err()).isZero();
      assertThat(result.out()).as(line).isNotBlank();
    }
  }

  private String located(String word) {
    if (word.equals("notebooks/sample")) {
      return HOME.resolve(word).toString();
    }
    // In place of the documents' model, which is not at hand.
    String path = word.replace("e5-base-unsupervised", MODEL);
    return PATH.matcher(path).matches() ? directory.resolve(path).toString() : word;
  }

  @Test
  void queries() throws IOException {
    Cli.spark()
        .sql("SELECT id, text FROM VALUES (1, 'salt'), (2, 'bread and crust') AS t(id, text)")
        .write()
        .saveAsTable("docs");
    for (String document : List.of("README.md", "docs/sql.md")) {
      Matcher queries = SQL.matcher(Files.readString(HOME.resolve(document)));
      assertThat(queries.find()).as(document).isTrue();
      do {
        Cli.Result result = Cli.run("sql", "--json", "-e", queries.group(1));
        Cli.spark().sql("DROP TABLE vectors");
        assertThat(result.code()).as("%s: %s", document, result.err()).isZero();
        assertThat(result.out()).as(document).contains("{\"id\":2}", "{\"id\":1}");
      } while (queries.find());
    }
    Cli.spark().sql("DROP TABLE docs");
  }
}
