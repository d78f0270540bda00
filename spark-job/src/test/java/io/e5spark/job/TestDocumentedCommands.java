package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.model.BuiltInModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the commands and queries of the documents as they stand, one after another. */
class TestDocumentedCommands {
  private static final Path HOME = Path.of("..");
  private static final String MODEL = "e5-small-v2";
  private static final Pattern FOUND = Pattern.compile("(?m)^ +(\\d+)  \\d[.]\\d+  (\\S+)");
  private static final Pattern QUOTED =
      Pattern.compile("(?<=['`])(vectors|merged|chunks|recipes)/");
  private static final Pattern PATH =
      Pattern.compile(
          "recipes.csv|(articles|vectors|merged|chunks|recipes|results|tasks|models|e5-small-v2|sts13-sts|my-fine-tune)/.*");

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
    Files.writeString(
        directory.resolve("recipes.csv"),
        """
        id,name,method
        1,Flatbread,"Mix flour, water and salt; bake in a hot, dry pan for two minutes."
        2,Lentil soup,"Fry an onion, add red lentils and water, and simmer for twenty minutes."
        4,Dal,"Boil yellow lentils with turmeric and ginger, and pour hot spiced butter over them."
        """);
    Path task = Files.createDirectories(directory.resolve("sts13-sts"));
    Files.writeString(
        task.resolve("test.jsonl"),
        """
        {"sentence1":"A crisp crust.","sentence2":"A crust that is crisp.","score":5}
        {"sentence1":"A crisp crust.","sentence2":"Rust on a chain.","score":0}
        """);
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
    run(HOME.resolve("README.md"));
    assertThat(directory.resolve("results/report.html")).isNotEmptyFile();
    assertThat(directory.resolve("models/" + MODEL + "/e5-model.json")).isNotEmptyFile();
  }

  static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (Path page : TestDocs.pages()) {
      if (!commands(page).isEmpty()) {
        pages.add(page);
      }
    }
    assertThat(pages).hasSizeGreaterThan(3);
    return pages;
  }

  @ParameterizedTest
  @MethodSource("pages")
  void commandsOfPages(Path page) throws IOException {
    String printed = run(page);
    assertThat(found(printed)).as("rows found").containsAll(found(Files.readString(page)));
  }

  /**
   * Returns the ranks and ids that searches print, without the scores, which differ between
   * processors.
   */
  private static List<String> found(String text) {
    return FOUND.matcher(text).results().map(row -> row.group(1) + " " + row.group(2)).toList();
  }

  /** Returns the commands of the blocks that this test runs, without the launcher. */
  private static List<String> commands(Path document) throws IOException {
    return blocks(document, "sh").stream()
        .flatMap(block -> block.text().lines())
        .filter(line -> line.startsWith(TestDocs.LAUNCHER))
        .map(line -> line.substring(TestDocs.LAUNCHER.length()))
        .toList();
  }

  private static List<DocumentedBlock> blocks(Path document, String language) throws IOException {
    return DocumentedBlock.of(document).stream()
        .filter(block -> block.language().equals(language))
        .filter(block -> block.isRunBy(TestDocumentedCommands.class))
        .toList();
  }

  private String run(Path document) throws IOException {
    List<String> lines = commands(document);
    assertThat(lines).as("commands of " + document).isNotEmpty();
    if (String.join(" ", lines).contains("model import")) {
      for (String name : List.of(MODEL, "my-fine-tune")) {
        writeCheckpoint(Files.createDirectories(directory.resolve(name)));
      }
    }
    StringBuilder printed = new StringBuilder();
    for (String line : lines) {
      String[] words = Stream.of(TestDocs.words(line)).map(this::located).toArray(String[]::new);
      Cli.Result result = Cli.run(words);
      assertThat(result.code()).as("%s: %s", line, result.err()).isZero();
      assertThat(result.out()).as(line).isNotBlank();
      printed.append(result.out());
    }
    return printed.toString();
  }

  private String located(String word) {
    if (word.startsWith("notebooks/sample")) {
      return HOME.resolve(word).toString();
    }
    // The built-in model replaces the model of the documents, which is not available here.
    String path =
        word.replace("e5-base-unsupervised", MODEL)
            .replace("$PWD", directory.toString())
            .replace("\\`", "`");
    return PATH.matcher(path).matches()
        ? directory.resolve(path).toString()
        : QUOTED.matcher(path).replaceAll(directory + "/$0");
  }

  @Test
  void queries() throws IOException {
    Cli.spark()
        .sql("SELECT id, text FROM VALUES (1, 'salt'), (2, 'bread and crust') AS t(id, text)")
        .write()
        .saveAsTable("docs");
    List<Path> documents =
        List.of(HOME.resolve("README.md"), HOME.resolve("docs/reference/sql.md"));
    for (Path document : documents) {
      assertThat(blocks(document, "sql")).as("queries of " + document).isNotEmpty();
      for (DocumentedBlock block : blocks(document, "sql")) {
        Cli.Result result = Cli.run("sql", "--json", "-e", block.text());
        Cli.spark().sql("DROP TABLE vectors");
        assertThat(result.code()).as("%s: %s", document, result.err()).isZero();
        assertThat(result.out()).as(block.text()).contains("{\"id\":2}", "{\"id\":1}");
      }
    }
    Cli.spark().sql("DROP TABLE docs");
  }
}
