package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the pages, results and comparisons that an evaluation of tasks writes. */
class TestTaskPages {
  @TempDir Path directory;
  private TaskFolders folders;

  @BeforeEach
  void setUp() {
    folders = new TaskFolders(directory);
  }

  @Test
  void pageShowsWhatWentWrong() throws IOException {
    folders.lines(
        "same/test.jsonl",
        "{\"sentence1\": \"bread\", \"sentence2\": \"loaf\", \"labels\": 1}",
        "{\"sentence1\": \"rain\", \"sentence2\": \"rainy day\", \"labels\": 0}");
    folders.result("same");
    assertThat(folders.page("same"))
        .content()
        .contains("least alike", "<td>bread</td><td>loaf</td>")
        .contains("most alike", "<td>rain</td><td>rainy day</td>");
    folders.lines(
        "ranked/test.jsonl",
        "{\"query\": \"how to bake bread\", \"positive\": [\"tax law\"], \"negative\": [\"a bread recipe\"]}",
        "{\"query\": \"rain\", \"positive\": [\"rain\"], \"negative\": [\"tax law\"]}");
    folders.result("ranked");
    assertThat(folders.page("ranked"))
        .content()
        .contains(
            "<td>how to bake bread</td><td>a bread recipe</td><td>tax law</td><td>2</td><td>2</td>")
        .doesNotContain("<td>rain</td>");
    folders.lines(
        "translations/test.jsonl",
        "{\"sentence1\": \"bread\", \"sentence2\": \"rainy weather\"}",
        "{\"sentence1\": \"rain\", \"sentence2\": \"a loaf of bread\"}");
    folders.result("translations");
    assertThat(folders.page("translations"))
        .content()
        .contains("<td>bread</td><td>rainy weather</td><td>a loaf of bread</td>");
    folders.lines(
        "summaries/test.jsonl",
        "{\"human_summaries\": [\"bread is baked\"], \"machine_summaries\": [\"bread is baked\", \"someone bakes bread\", \"the stock market fell\"], \"relevance\": [1, 4, 5]}");
    folders.result("summaries");
    assertThat(folders.page("summaries"))
        .content()
        .contains("<td>bread is baked</td><td>1.0000</td><td>the stock market fell</td>");
  }

  @Test
  void pageNamesTheLabelsThatAreConfused() throws IOException {
    folders.lines(
        "kinds/train.jsonl",
        "{\"text\": \"bake bread\", \"label\": 0, \"label_text\": \"food\"}",
        "{\"text\": \"rain and wind\", \"label\": 1, \"label_text\": \"weather\"}");
    folders.lines(
        "kinds/test.jsonl",
        "{\"text\": \"bake bread\", \"label\": 1, \"label_text\": \"weather\"}",
        "{\"text\": \"roast a chicken\", \"label\": 0, \"label_text\": \"food\"}");
    folders.result("kinds");
    assertThat(folders.page("kinds"))
        .content()
        .contains("<td>weather</td><td>1</td><td>0.0 %</td><td>food 100.0 %</td>")
        .contains("<td>bake bread</td><td>weather</td><td>food</td>");
  }

  @Test
  void resultsDoNotDependOnPartitions() throws IOException {
    String[] rows = new String[40];
    for (int i = 0; i < rows.length; i++) {
      rows[i] =
          "{\"sentence1\": \"text %d\", \"sentence2\": \"word %d\", \"score\": %d}"
              .formatted(i, i * 7 % 40, i * 13 % 5);
    }
    folders.lines("many/test.jsonl", rows);
    folders.lines(
        "sets/test.jsonl",
        "{\"sentences\": [\"bread\", \"cake\", \"rain\", \"snow\", \"pie\"], \"labels\": [1, 1, 2, 2, 1]}",
        "{\"sentences\": [\"red\", \"blue\", \"one\", \"two\"], \"labels\": [1, 1, 2, 2]}");
    for (String folder : List.of("many", "sets")) {
      JsonObject first = folders.result(folder);
      for (int partitions : new int[] {1, 2, 7}) {
        String option = "spark.sql.shuffle.partitions=" + partitions;
        assertThat(folders.result(folder, "--conf", option)).isEqualTo(first);
      }
    }
  }

  @Test
  void earlierEvaluationIsComparedWith() throws IOException {
    folders.lines(
        "pairs/test.jsonl",
        "{\"sentence1\": \"bread\", \"sentence2\": \"bread\", \"score\": 5}",
        "{\"sentence1\": \"bread\", \"sentence2\": \"tax law\", \"score\": 1}");
    folders.result("pairs");
    Cli.Result again =
        Cli.run(
            "evaluate-tasks",
            "--task",
            directory.resolve("pairs").toString(),
            "--output",
            directory.resolve("again").toString(),
            "--baseline",
            directory.resolve("out").toString());
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.out()).containsPattern("pairs +100.00 -> 100.00  \\+0.00");
    assertThat(directory.resolve("again/report.html"))
        .content()
        .contains("<a href=\"pairs/report.html\">pairs</a>");
  }

  @Test
  void subsetsOfATaskStandInOneResult() throws IOException {
    for (String language : List.of("de", "en")) {
      folders.lines(
          "both/" + language + "/test.jsonl",
          "{\"sentence1\": \"bread\", \"sentence2\": \"bread\", \"score\": 5}",
          "{\"sentence1\": \"bread\", \"sentence2\": \"tax law\", \"score\": %d}"
              .formatted(language.equals("de") ? 9 : 1));
    }
    folders.result("both", "--subset", "de", "en");
    JsonObject file =
        JsonParser.parseString(Files.readString(directory.resolve("out/both/both.json")))
            .getAsJsonObject();
    assertThat(file.getAsJsonObject("scores").getAsJsonArray("test"))
        .extracting(
            entry -> entry.getAsJsonObject().get("hf_subset").getAsString(),
            entry -> entry.getAsJsonObject().get("main_score").getAsDouble())
        .containsExactly(tuple("de", -1.0), tuple("en", 1.0));
    assertThat(folders.page("both/de")).exists();
    assertThat(directory.resolve("out/report.html"))
        .content()
        .contains("<a href=\"both/en/report.html\">both en</a>", "<b>0.00</b>");
  }
}
