package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.tables.DeltaTable;
import io.e5spark.model.PromptedModel;
import io.e5spark.model.Prompts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests vector tables of models with their own prompts: what may be added, and what may be
 * searched.
 */
class TestTablePrompts {
  private static final String E5 = "'query: ' and 'passage: '";
  private static final String INSTRUCT = "'passage: {task}\\nquery: ' and ''";

  @TempDir Path directory;

  private String instruct = "";
  private String usual = "";
  private String bare = "";

  @BeforeEach
  void write() throws IOException {
    instruct = model("instruct", PromptedModel.INSTRUCT, 64);
    usual = model("usual", Prompts.E5, 64);
    bare = model("bare", Prompts.NONE, 32);
    Files.writeString(
        directory.resolve("rows.jsonl"),
        """
        {"id":"a","text":"w1 w2"}
        {"id":"b","text":"passage: w1 w2"}
        """);
  }

  private String model(String name, Prompts prompts, int longest) throws IOException {
    return PromptedModel.in(directory.resolve(name), prompts, longest).toString();
  }

  private String table(String name) {
    return directory.resolve(name).toString();
  }

  private Cli.Result embed(String table, String model, String... further) {
    List<String> arguments = new ArrayList<>(List.of("embed", "--input"));
    arguments.addAll(List.of(directory.resolve("rows.jsonl").toString(), "--id-column", "id"));
    arguments.addAll(List.of("--output", table(table), "--model", model));
    arguments.addAll(List.of(further));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private Cli.Result search(String table, String... further) {
    List<String> arguments = new ArrayList<>(List.of("search", "--vectors", table(table)));
    arguments.addAll(List.of("--query", "w1", "--json"));
    arguments.addAll(List.of(further));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private Map<String, String> properties(String table) {
    Row detail = DeltaTable.forPath(Cli.spark(), table(table)).detail().head();
    return detail.getJavaMap(detail.fieldIndex("properties"));
  }

  private List<Row> vectors(String table, String id) {
    return Cli.spark().read().format("delta").load(table(table)).orderBy(id).collectAsList();
  }

  private static void isDone(Cli.Result result) {
    assertThat(result.code()).as(result.err()).isZero();
  }

  private static void isRefused(Cli.Result result, String... parts) {
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains(parts).hasLineCount(1);
  }

  @Test
  void tableKeepsThePromptsOfItsModel() {
    isDone(embed("t", instruct));
    assertThat(properties("t"))
        .containsEntry("e5.query-prompt", "passage: {task}\nquery: ")
        .containsEntry("e5.passage-prompt", "")
        .doesNotContainKey("e5.task");
    isDone(embed("t", instruct, "--mode", "append"));
    isDone(search("t"));
    isDone(embed("t", usual, "--set", "prefix=off"));
    assertThat(properties("t"))
        .containsEntry("e5.query-prompt", "")
        .containsEntry("e5.passage-prompt", "");
    isDone(embed("t", instruct, "--set", "prefix=off", "--mode", "append"));
    isDone(embed("t", usual));
    assertThat(properties("t"))
        .containsEntry("e5.query-prompt", "query: ")
        .containsEntry("e5.passage-prompt", "passage: ");
  }

  @Test
  void otherPromptsAreRefusedByAppendMergeAndSearch() {
    isDone(embed("t", usual, "--mode", "merge"));
    String added = "its vectors have prompts %s (model %s), and this job has prompts %s";
    isRefused(embed("t", instruct, "--mode", "append"), added.formatted(E5, usual, INSTRUCT));
    isRefused(embed("t", instruct, "--mode", "merge"), added.formatted(E5, usual, INSTRUCT));
    isRefused(
        embed("t", usual, "--mode", "append", "--set", "prefix=off"),
        added.formatted(E5, usual, "none"));
    String searched = "were made by model %s with prompts %s, these settings have %s";
    isRefused(search("t", "--model", instruct), searched.formatted(usual, E5, INSTRUCT));
    isRefused(search("t", "--set", "prefix=off"), searched.formatted(usual, E5, "none"));
  }

  @Test
  void tableThatNamesNoPromptsIsOneOfE5() {
    isDone(embed("t", usual));
    Cli.spark()
        .sql(
            "ALTER TABLE delta.`%s` UNSET TBLPROPERTIES ('e5.query-prompt', 'e5.passage-prompt')"
                .formatted(table("t")));
    assertThat(properties("t")).doesNotContainKey("e5.query-prompt");
    isDone(embed("t", usual, "--mode", "append"));
    isDone(search("t"));
    isRefused(
        embed("t", bare, "--mode", "append"), "have prompts " + E5, "this job has prompts none");
  }

  @Test
  void queriesOfOneTaskAreApartFromThoseOfAnother() {
    String[] queries = {"--input-type", "query", "--set", "task=w3"};
    isDone(embed("t", instruct, queries));
    assertThat(properties("t")).containsEntry("e5.task", "w3");
    List<Row> vectors = vectors("t", "id");
    isRefused(
        embed("t", instruct, "--input-type", "query", "--set", "task=w4", "--mode", "append"),
        "its vectors have task 'w3'",
        "this job has task 'w4'");
    isRefused(search("t", "--set", "task=w4"), "embedded for task 'w3', these settings have 'w4'");
    isDone(search("t"));
    isDone(embed("t", instruct, "--input-type", "query", "--set", "task=w4"));
    assertThat(vectors("t", "id")).isNotEqualTo(vectors);
  }

  @Test
  void passagesAreTheSameForAllTasksAndFoundByQueriesOfEach() {
    isDone(embed("t", instruct, "--set", "task=w3"));
    isDone(embed("t", instruct, "--set", "task=w4", "--mode", "append"));
    Cli.Result one = search("t", "--set", "task=w3");
    isDone(one);
    assertThat(search("t", "--set", "task=w3").out()).isEqualTo(one.out());
    assertThat(search("t", "--set", "task=w4").out()).isNotEqualTo(one.out());
    isRefused(
        embed("u", usual, "--set", "task=w3"),
        "Invalid task: 'w3' (model " + usual + " takes none)");
  }

  @Test
  void migrationTakesThePromptsOfTheNewModel() throws IOException {
    isDone(embed("t", instruct, "--input-type", "query", "--set", "task=w3"));
    isDone(Cli.run("migrate", "--vectors", table("t"), "--set", "prefix=off"));
    assertThat(properties("t")).containsEntry("e5.query-prompt", "").doesNotContainKey("e5.task");
    isDone(embed("t", instruct, "--input-type", "query", "--set", "task=w3"));
    isDone(Cli.run("migrate", "--vectors", table("t"), "--set", "max-tokens=40"));
    assertThat(properties("t")).containsEntry("e5.task", "w3");
    isDone(Cli.run("migrate", "--vectors", table("t"), "--model", bare));
    assertThat(properties("t"))
        .containsEntry("e5.query-prompt", "")
        .containsEntry("e5.max-tokens", "32")
        .doesNotContainKey("e5.task");
    Path file = Files.writeString(directory.resolve("new.properties"), "e5.model=" + usual);
    isDone(Cli.run("migrate", "--vectors", table("t"), "--config", file.toString()));
    assertThat(properties("t")).containsEntry("e5.passage-prompt", "passage: ");
  }

  @Test
  void doubledPromptsAreWarnedOfWhereTheModelHasSome() {
    assertThat(embed("t", usual).err())
        .contains("Warning: 1 text already began with 'query: ' or 'passage: '");
    assertThat(embed("t", instruct).err()).doesNotContain("already");
    assertThat(embed("t", usual, "--set", "prefix=off").err()).doesNotContain("already");
    assertThat(embed("t", instruct, "--input-type", "query").err()).doesNotContain("already");
  }
}
