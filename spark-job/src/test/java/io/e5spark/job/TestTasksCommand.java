package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tiny folders of every type, in the layouts that downloads have. */
class TestTasksCommand {
  @TempDir Path directory;

  private Path lines(String file, String... lines) throws IOException {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    String text = String.join("\n", lines) + "\n";
    if (!file.endsWith(".gz")) {
      return Files.writeString(path, text);
    }
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return path;
  }

  private JsonObject result(String folder, String... options) throws IOException {
    Path output = directory.resolve("out");
    List<String> arguments =
        new java.util.ArrayList<>(
            List.of("evaluate-tasks", "--task", directory.resolve(folder).toString()));
    arguments.addAll(List.of("--output", output.toString()));
    arguments.addAll(List.of(options));
    Cli.Result done = Cli.run(arguments.toArray(String[]::new));
    assertThat(done.code()).as(done.err()).isZero();
    JsonObject file =
        JsonParser.parseString(Files.readString(output.resolve(folder).resolve(folder + ".json")))
            .getAsJsonObject();
    assertThat(file.get("mteb_version").isJsonNull()).isTrue();
    return file.getAsJsonObject("scores").getAsJsonArray("test").get(0).getAsJsonObject();
  }

  @Test
  void sentencePairsAreComparedWithJudgements() throws IOException {
    lines(
        "pairs/test.jsonl.gz",
        "{\"sentence1\": \"bread\", \"sentence2\": \"bread\", \"score\": 5}",
        "{\"sentence1\": \"a loaf of bread\", \"sentence2\": \"some bread\", \"score\": 4}",
        "{\"sentence1\": \"bread\", \"sentence2\": \"tax law\", \"score\": 0.5}");
    JsonObject scores = result("pairs");
    assertThat(scores.get("cosine_spearman").getAsDouble()).isEqualTo(1, within(1e-6));
    assertThat(scores.get("main_score").getAsDouble()).isEqualTo(1, within(1e-6));
    assertThat(scores.get("hf_subset").getAsString()).isEqualTo("default");
  }

  @Test
  void pairsMayBeOneObjectOfLists() throws IOException {
    lines(
        "same/test.json.gz",
        "{\"sent1\": [\"bread\", \"rain\", \"bread\"], \"sent2\": [\"bread\", \"rain\", \"tax law\"], \"labels\": [1, 1, 0]}");
    assertThat(result("same").get("max_ap").getAsDouble()).isEqualTo(1);
  }

  @Test
  void classifiersLearnFromTheTrainingRows() throws IOException {
    lines(
        "kinds/en/train.jsonl",
        "{\"text\": \"bake bread\", \"label\": 0}",
        "{\"text\": \"rain and wind\", \"label\": 1}",
        "{\"text\": \"roast a chicken\", \"label\": 0}",
        "{\"text\": \"storm and hail\", \"label\": 1}");
    lines(
        "kinds/en/test.jsonl",
        "{\"text\": \"cook a soup\", \"label\": 0}",
        "{\"text\": \"snow and frost\", \"label\": 1}");
    JsonObject scores = result("kinds", "--samples-per-label", "2");
    assertThat(scores.get("accuracy").getAsDouble()).isEqualTo(1);
    assertThat(scores.getAsJsonArray("scores_per_experiment")).hasSize(10);
    assertThat(scores.get("hf_subset").getAsString()).isEqualTo("en");
    assertThat(scores.getAsJsonArray("languages").get(0).getAsString()).isEqualTo("eng-Latn");
  }

  @Test
  void setsOfSentencesAreClustered() throws IOException {
    lines(
        "sets/test.jsonl",
        "{\"sentences\": [\"bread\", \"cake\", \"rain\", \"snow\"], \"labels\": [\"food\", \"food\", \"weather\", \"weather\"]}",
        "{\"sentences\": [\"red\", \"blue\", \"green\"], \"labels\": [\"colour\", \"colour\", \"colour\"]}");
    JsonObject scores = result("sets");
    assertThat(scores.getAsJsonArray("v_measures")).hasSize(2);
    assertThat(scores.getAsJsonArray("v_measures").get(1).getAsDouble()).isEqualTo(1);
  }

  @Test
  void documentsAreClusteredSeveralTimes() throws IOException {
    String[] rows = new String[60];
    for (int i = 0; i < rows.length; i++) {
      rows[i] =
          i % 2 == 0
              ? "{\"sentences\": \"a recipe for %d cakes\", \"labels\": 0}".formatted(i)
              : "{\"sentences\": \"the weather of day %d\", \"labels\": 1}".formatted(i);
    }
    lines("documents/test.jsonl", rows);
    JsonObject scores = result("documents", "--rules", "mteb2");
    assertThat(scores.getAsJsonObject("v_measures").getAsJsonArray("Level 0")).hasSize(10);
  }

  @Test
  void candidatesAreRanked() throws IOException {
    lines(
        "ranked/test.jsonl",
        "{\"query\": \"how to bake bread\", \"positive\": [\"a bread recipe\"], \"negative\": [\"tax law\", \"a football match\"]}");
    assertThat(result("ranked").get("map").getAsDouble()).isEqualTo(1);
    assertThat(result("ranked", "--rules", "mteb2").get("map_at_1000").getAsDouble()).isEqualTo(1);
  }

  @Test
  void candidatesMayBeIdsOfACorpus() throws IOException {
    lines(
        "parts/corpus.jsonl",
        "{\"_id\": \"d1\", \"title\": \"\", \"text\": \"a bread recipe\"}",
        "{\"_id\": \"d2\", \"title\": \"Law\", \"text\": \"tax law\"}");
    lines("parts/queries.jsonl", "{\"_id\": \"q1\", \"text\": \"how to bake bread\"}");
    lines("parts/qrels/test.jsonl", "{\"query-id\": \"q1\", \"corpus-id\": \"d1\", \"score\": 1}");
    lines(
        "parts/top_ranked/test.jsonl", "{\"query-id\": \"q1\", \"corpus-ids\": [\"d2\", \"d1\"]}");
    assertThat(result("parts", "--rules", "mteb2").get("mrr_at_10").getAsDouble()).isEqualTo(1);
  }

  @Test
  void summariesAreComparedWithHumanOnes() throws IOException {
    lines(
        "summaries/test.jsonl",
        "{\"text\": \"t\", \"human_summaries\": [\"bread is baked\"], \"machine_summaries\": [\"bread is baked\", \"someone bakes bread\", \"the stock market fell\"], \"relevance\": [5, 4, 1]}");
    assertThat(result("summaries").get("cosine_spearman").getAsDouble()).isEqualTo(1, within(1e-6));
  }

  @Test
  void translationsAreFound() throws IOException {
    lines(
        "translations/test.jsonl",
        "{\"sentence1\": \"bread\", \"sentence2\": \"a loaf of bread\"}",
        "{\"sentence1\": \"rain\", \"sentence2\": \"rainy weather\"}");
    assertThat(result("translations").get("f1").getAsDouble()).isEqualTo(1);
  }

  @Test
  void whatCannotBeEvaluatedIsSaidInOneLine() throws IOException {
    lines("odd/test.jsonl", "{\"headline\": \"bread\"}");
    lines("two/de/test.jsonl", "{\"text\": \"Brot\", \"label\": 0}");
    lines("two/en/test.jsonl", "{\"text\": \"bread\", \"label\": 0}");
    assertRefused("odd", "its columns [headline] are of no type of task");
    assertRefused("two", "it has the subsets [de, en] (choose with --subset)");
    assertRefused("none", "there is no such folder");
  }

  private void assertRefused(String folder, String reason) {
    Cli.Result done =
        Cli.run(
            "evaluate-tasks",
            "--task",
            directory.resolve(folder).toString(),
            "--output",
            directory.resolve("out").toString());
    assertThat(done.code()).isEqualTo(2);
    assertThat(done.err())
        .contains("Cannot evaluate " + directory.resolve(folder))
        .contains(reason);
    assertThat(done.err().lines().filter(line -> line.startsWith("e5-spark: "))).hasSize(1);
  }

  @Test
  void rowThatWouldBeLeftOutIsRefused() throws IOException {
    lines(
        "nulls/test.jsonl",
        "{\"sentence1\": \"bread\", \"sentence2\": null, \"score\": 1}",
        "{\"sentence1\": \"bread\", \"sentence2\": \"cake\", \"score\": 2}");
    assertRefused("nulls", "1 of its rows have no text in sentence2 (must have one)");
    lines("lists/test.jsonl", "{\"sentences\": [\"bread\", null], \"labels\": [1, 2]}");
    assertRefused("lists", "1 of its rows have no text in sentences (must have one)");
    lines("lost/corpus.jsonl", "{\"_id\": \"d1\", \"text\": \"a bread recipe\"}");
    lines("lost/queries.jsonl", "{\"_id\": \"q1\", \"text\": \"how to bake bread\"}");
    lines("lost/qrels/test.jsonl", "{\"query-id\": \"q1\", \"corpus-id\": \"d1\", \"score\": 1}");
    lines("lost/top_ranked/test.jsonl", "{\"query-id\": \"q1\", \"corpus-ids\": [\"d1\", \"d2\"]}");
    assertRefused("lost", "it has 1 candidates in its corpus (must be 2, one of each)");
  }

  @Test
  void optionsAreCheckedBeforeTheWork() throws IOException {
    lines("known/test.jsonl", "{\"sentence1\": \"a\", \"sentence2\": \"b\", \"score\": 1}");
    String folder = directory.resolve("known").toString();
    String output = directory.resolve("out").toString();
    Cli.Result minimum =
        Cli.run("evaluate-tasks", "--task", folder, "--output", output, "--min", "knwon=80");
    assertThat(minimum.code()).isEqualTo(2);
    assertThat(minimum.err()).isEqualTo("e5-spark: Invalid min: knwon (must be one of known)\n");
    Cli.Result twice = Cli.run("evaluate-tasks", "--task", folder, folder, "--output", output);
    assertThat(twice.code()).isEqualTo(2);
    assertThat(twice.err()).isEqualTo("e5-spark: Invalid task: known (must be there once)\n");
    Cli.Result type =
        Cli.run("evaluate-tasks", "--task", folder, "--output", output, "--type", "pairs");
    assertThat(type.code()).isEqualTo(2);
    assertThat(type.err()).startsWith("e5-spark: Invalid type: pairs (must be one of [sts, ");
  }

  @Test
  void minimumThatIsMissedGivesExitCodeThree() throws IOException {
    lines(
        "gate/test.jsonl",
        "{\"sentence1\": \"bread\", \"sentence2\": \"bread\", \"score\": 0}",
        "{\"sentence1\": \"bread\", \"sentence2\": \"tax law\", \"score\": 5}");
    Cli.Result done =
        Cli.run(
            "evaluate-tasks",
            "--task",
            directory.resolve("gate").toString(),
            "--output",
            directory.resolve("out").toString(),
            "--min",
            "gate=80");
    assertThat(done.code()).isEqualTo(3);
    assertThat(done.err()).contains("gate is -100.00, below the minimum of 80.00");
  }

  private Path page(String folder) {
    return directory.resolve("out").resolve(folder).resolve("report.html");
  }

  @Test
  void pageShowsWhatWentWrong() throws IOException {
    lines(
        "same/test.jsonl",
        "{\"sentence1\": \"bread\", \"sentence2\": \"loaf\", \"labels\": 1}",
        "{\"sentence1\": \"rain\", \"sentence2\": \"rainy day\", \"labels\": 0}");
    result("same");
    assertThat(page("same"))
        .content()
        .contains("least alike", "<td>bread</td><td>loaf</td>")
        .contains("most alike", "<td>rain</td><td>rainy day</td>");
    lines(
        "ranked/test.jsonl",
        "{\"query\": \"how to bake bread\", \"positive\": [\"tax law\"], \"negative\": [\"a bread recipe\"]}",
        "{\"query\": \"rain\", \"positive\": [\"rain\"], \"negative\": [\"tax law\"]}");
    result("ranked");
    assertThat(page("ranked"))
        .content()
        .contains(
            "<td>how to bake bread</td><td>a bread recipe</td><td>tax law</td><td>2</td><td>2</td>")
        .doesNotContain("<td>rain</td>");
    lines(
        "translations/test.jsonl",
        "{\"sentence1\": \"bread\", \"sentence2\": \"rainy weather\"}",
        "{\"sentence1\": \"rain\", \"sentence2\": \"a loaf of bread\"}");
    result("translations");
    assertThat(page("translations"))
        .content()
        .contains("<td>bread</td><td>rainy weather</td><td>a loaf of bread</td>");
    lines(
        "summaries/test.jsonl",
        "{\"human_summaries\": [\"bread is baked\"], \"machine_summaries\": [\"bread is baked\", \"someone bakes bread\", \"the stock market fell\"], \"relevance\": [1, 4, 5]}");
    result("summaries");
    assertThat(page("summaries"))
        .content()
        .contains("<td>bread is baked</td><td>1.0000</td><td>the stock market fell</td>");
  }

  @Test
  void pageNamesTheLabelsThatAreConfused() throws IOException {
    lines(
        "kinds/train.jsonl",
        "{\"text\": \"bake bread\", \"label\": 0, \"label_text\": \"food\"}",
        "{\"text\": \"rain and wind\", \"label\": 1, \"label_text\": \"weather\"}");
    lines(
        "kinds/test.jsonl",
        "{\"text\": \"bake bread\", \"label\": 1, \"label_text\": \"weather\"}",
        "{\"text\": \"roast a chicken\", \"label\": 0, \"label_text\": \"food\"}");
    result("kinds");
    assertThat(page("kinds"))
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
    lines("many/test.jsonl", rows);
    lines(
        "sets/test.jsonl",
        "{\"sentences\": [\"bread\", \"cake\", \"rain\", \"snow\", \"pie\"], \"labels\": [1, 1, 2, 2, 1]}",
        "{\"sentences\": [\"red\", \"blue\", \"one\", \"two\"], \"labels\": [1, 1, 2, 2]}");
    for (String folder : List.of("many", "sets")) {
      JsonObject first = result(folder);
      for (int partitions : new int[] {1, 2, 7}) {
        String option = "spark.sql.shuffle.partitions=" + partitions;
        assertThat(result(folder, "--conf", option)).isEqualTo(first);
      }
    }
  }

  @Test
  void earlierEvaluationIsComparedWith() throws IOException {
    lines(
        "pairs/test.jsonl",
        "{\"sentence1\": \"bread\", \"sentence2\": \"bread\", \"score\": 5}",
        "{\"sentence1\": \"bread\", \"sentence2\": \"tax law\", \"score\": 1}");
    result("pairs");
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
      lines(
          "both/" + language + "/test.jsonl",
          "{\"sentence1\": \"bread\", \"sentence2\": \"bread\", \"score\": 5}",
          "{\"sentence1\": \"bread\", \"sentence2\": \"tax law\", \"score\": %d}"
              .formatted(language.equals("de") ? 9 : 1));
    }
    result("both", "--subset", "de", "en");
    JsonObject file =
        JsonParser.parseString(Files.readString(directory.resolve("out/both/both.json")))
            .getAsJsonObject();
    assertThat(file.getAsJsonObject("scores").getAsJsonArray("test"))
        .extracting(
            entry -> entry.getAsJsonObject().get("hf_subset").getAsString(),
            entry -> entry.getAsJsonObject().get("main_score").getAsDouble())
        .containsExactly(tuple("de", -1.0), tuple("en", 1.0));
    assertThat(page("both/de")).exists();
    assertThat(directory.resolve("out/report.html"))
        .content()
        .contains("<a href=\"both/en/report.html\">both en</a>", "<b>0.00</b>");
  }
}
