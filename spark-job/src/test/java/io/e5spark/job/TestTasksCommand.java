package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests tiny folders of every task type, in the layouts of downloads. */
class TestTasksCommand {
  @TempDir Path directory;
  private TaskFolders folders;

  @BeforeEach
  void setUp() {
    folders = new TaskFolders(directory);
  }

  @Test
  void sentencePairsAreComparedWithJudgements() throws IOException {
    folders.lines(
        "pairs/test.jsonl.gz",
        "{\"sentence1\": \"bread\", \"sentence2\": \"bread\", \"score\": 5}",
        "{\"sentence1\": \"a loaf of bread\", \"sentence2\": \"some bread\", \"score\": 4}",
        "{\"sentence1\": \"bread\", \"sentence2\": \"tax law\", \"score\": 0.5}");
    JsonObject scores = folders.result("pairs");
    assertThat(scores.get("cosine_spearman").getAsDouble()).isEqualTo(1, within(1e-6));
    assertThat(scores.get("main_score").getAsDouble()).isEqualTo(1, within(1e-6));
    assertThat(scores.get("hf_subset").getAsString()).isEqualTo("default");
  }

  @Test
  void pairsMayBeOneObjectOfLists() throws IOException {
    folders.lines(
        "same/test.json.gz",
        "{\"sent1\": [\"bread\", \"rain\", \"bread\"], \"sent2\": [\"bread\", \"rain\", \"tax law\"], \"labels\": [1, 1, 0]}");
    assertThat(folders.result("same").get("max_ap").getAsDouble()).isEqualTo(1);
  }

  @Test
  void classifiersLearnFromTheTrainingRows() throws IOException {
    folders.lines(
        "kinds/en/train.jsonl",
        "{\"text\": \"bake bread\", \"label\": 0}",
        "{\"text\": \"rain and wind\", \"label\": 1}",
        "{\"text\": \"roast a chicken\", \"label\": 0}",
        "{\"text\": \"storm and hail\", \"label\": 1}");
    folders.lines(
        "kinds/en/test.jsonl",
        "{\"text\": \"cook a soup\", \"label\": 0}",
        "{\"text\": \"snow and frost\", \"label\": 1}");
    JsonObject scores = folders.result("kinds", "--samples-per-label", "2");
    assertThat(scores.get("accuracy").getAsDouble()).isEqualTo(1);
    assertThat(scores.getAsJsonArray("scores_per_experiment")).hasSize(10);
    assertThat(scores.get("hf_subset").getAsString()).isEqualTo("en");
    assertThat(scores.getAsJsonArray("languages").get(0).getAsString()).isEqualTo("eng-Latn");
  }

  @Test
  void classifiersThatAreScoredOnTheirSplitSeeAllOfIt() throws IOException {
    String[] lines = new String[40];
    for (int row = 0; row < lines.length; row++) {
      lines[row] = "{\"text\": \"%s %d\", \"label\": %d}".formatted("cake", row, row % 2);
    }
    folders.lines("own/train.jsonl", lines);
    Path output = folders.directory().resolve("out");
    Cli.Result done =
        Cli.run(
            "evaluate-tasks",
            "--task",
            folders.directory().resolve("own").toString(),
            "--output",
            output.toString(),
            "--split",
            "train",
            "--samples-per-label",
            "1");
    assertThat(done.code()).as(done.err()).isZero();
    assertThat(rows(output.resolve("own/vectors/train-sample-query"))).isBetween(2L, 20L);
    assertThat(rows(output.resolve("own/vectors/train-query"))).isEqualTo(40);
  }

  private static long rows(Path table) {
    return Cli.spark().read().format("delta").load(table.toString()).count();
  }

  @Test
  void setsOfSentencesAreClustered() throws IOException {
    folders.lines(
        "sets/test.jsonl",
        "{\"sentences\": [\"bread\", \"cake\", \"rain\", \"snow\"], \"labels\": [\"food\", \"food\", \"weather\", \"weather\"]}",
        "{\"sentences\": [\"red\", \"blue\", \"green\"], \"labels\": [\"colour\", \"colour\", \"colour\"]}");
    JsonObject scores = folders.result("sets");
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
    folders.lines("documents/test.jsonl", rows);
    JsonObject scores = folders.result("documents", "--rules", "mteb2");
    assertThat(scores.getAsJsonObject("v_measures").getAsJsonArray("Level 0")).hasSize(10);
  }

  @Test
  void candidatesAreRanked() throws IOException {
    folders.lines(
        "ranked/test.jsonl",
        "{\"query\": \"how to bake bread\", \"positive\": [\"a bread recipe\"], \"negative\": [\"tax law\", \"a football match\"]}");
    assertThat(folders.result("ranked").get("map").getAsDouble()).isEqualTo(1);
    assertThat(folders.result("ranked", "--rules", "mteb2").get("map_at_1000").getAsDouble())
        .isEqualTo(1);
  }

  @Test
  void candidatesMayBeIdsOfACorpus() throws IOException {
    folders.lines(
        "parts/corpus.jsonl",
        "{\"_id\": \"d1\", \"title\": \"\", \"text\": \"a bread recipe\"}",
        "{\"_id\": \"d2\", \"title\": \"Law\", \"text\": \"tax law\"}");
    folders.lines("parts/queries.jsonl", "{\"_id\": \"q1\", \"text\": \"how to bake bread\"}");
    folders.lines(
        "parts/qrels/test.jsonl", "{\"query-id\": \"q1\", \"corpus-id\": \"d1\", \"score\": 1}");
    folders.lines(
        "parts/top_ranked/test.jsonl", "{\"query-id\": \"q1\", \"corpus-ids\": [\"d2\", \"d1\"]}");
    assertThat(folders.result("parts", "--rules", "mteb2").get("mrr_at_10").getAsDouble())
        .isEqualTo(1);
  }

  @Test
  void summariesAreComparedWithHumanOnes() throws IOException {
    folders.lines(
        "summaries/test.jsonl",
        "{\"text\": \"t\", \"human_summaries\": [\"bread is baked\"], \"machine_summaries\": [\"bread is baked\", \"someone bakes bread\", \"the stock market fell\"], \"relevance\": [5, 4, 1]}");
    assertThat(folders.result("summaries").get("cosine_spearman").getAsDouble())
        .isEqualTo(1, within(1e-6));
  }

  @Test
  void translationsAreFound() throws IOException {
    folders.lines(
        "translations/test.jsonl",
        "{\"sentence1\": \"bread\", \"sentence2\": \"a loaf of bread\"}",
        "{\"sentence1\": \"rain\", \"sentence2\": \"rainy weather\"}");
    assertThat(folders.result("translations").get("f1").getAsDouble()).isEqualTo(1);
  }

  @Test
  void whatCannotBeEvaluatedIsSaidInOneLine() throws IOException {
    folders.lines("odd/test.jsonl", "{\"headline\": \"bread\"}");
    folders.lines("two/de/test.jsonl", "{\"text\": \"Brot\", \"label\": 0}");
    folders.lines("two/en/test.jsonl", "{\"text\": \"bread\", \"label\": 0}");
    assertRefused("odd", "its columns [headline] match no type of task");
    assertRefused("two", "it has the subsets [de, en] (choose with --subset)");
    assertRefused("none", "there is no folder file:");
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
    folders.lines(
        "nulls/test.jsonl",
        "{\"sentence1\": \"bread\", \"sentence2\": null, \"score\": 1}",
        "{\"sentence1\": \"bread\", \"sentence2\": \"cake\", \"score\": 2}");
    assertRefused("nulls", "it has 1 row without a text in sentence2 (every row must have one)");
    folders.lines("lists/test.jsonl", "{\"sentences\": [\"bread\", null], \"labels\": [1, 2]}");
    assertRefused("lists", "it has 1 row without a text in sentences (every row must have one)");
    folders.lines("lost/corpus.jsonl", "{\"_id\": \"d1\", \"text\": \"a bread recipe\"}");
    folders.lines("lost/queries.jsonl", "{\"_id\": \"q1\", \"text\": \"how to bake bread\"}");
    folders.lines(
        "lost/qrels/test.jsonl", "{\"query-id\": \"q1\", \"corpus-id\": \"d1\", \"score\": 1}");
    folders.lines(
        "lost/top_ranked/test.jsonl", "{\"query-id\": \"q1\", \"corpus-ids\": [\"d1\", \"d2\"]}");
    assertRefused("lost", "it has 1 candidates in its corpus (must be 2, one of each)");
  }

  @Test
  void optionsAreCheckedBeforeTheWork() throws IOException {
    folders.lines("known/test.jsonl", "{\"sentence1\": \"a\", \"sentence2\": \"b\", \"score\": 1}");
    String folder = directory.resolve("known").toString();
    String output = directory.resolve("out").toString();
    Cli.Result minimum =
        Cli.run("evaluate-tasks", "--task", folder, "--output", output, "--min", "knwon=80");
    assertThat(minimum.code()).isEqualTo(2);
    assertThat(minimum.err()).isEqualTo("e5-spark: Invalid min: knwon (must be one of known)\n");
    Cli.Result twice = Cli.run("evaluate-tasks", "--task", folder, folder, "--output", output);
    assertThat(twice.code()).isEqualTo(2);
    assertThat(twice.err()).isEqualTo("e5-spark: Invalid task: known (must be named only once)\n");
    Cli.Result type =
        Cli.run("evaluate-tasks", "--task", folder, "--output", output, "--type", "pairs");
    assertThat(type.code()).isEqualTo(2);
    assertThat(type.err()).startsWith("e5-spark: Invalid type: pairs (must be one of [sts, ");
  }

  @Test
  void minimumThatIsMissedGivesExitCodeThree() throws IOException {
    folders.lines(
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
}
