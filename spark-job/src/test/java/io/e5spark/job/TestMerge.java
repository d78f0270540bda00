package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that a merge keeps a vector table equal to its source, and embeds no text twice. */
class TestMerge {
  @TempDir Path directory;
  private final Map<String, String> source = new TreeMap<>();
  private Path input;
  private Path output;

  @BeforeEach
  void names() {
    input = directory.resolve("rows.jsonl");
    output = directory.resolve("vectors");
    source.put("a", "salt");
    source.put("b", "bread");
    source.put("c", "bread");
    source.put("d", "");
  }

  private Cli.Result embed(Path to, String... more) throws IOException {
    ObjectMapper json = new ObjectMapper();
    StringBuilder lines = new StringBuilder("{\"id\":\"z\",\"text\":null}\n");
    for (Map.Entry<String, String> row : source.entrySet()) {
      lines.append(
          json.writeValueAsString(Map.of("id", row.getKey(), "text", row.getValue())) + "\n");
    }
    Files.writeString(input, lines);
    List<String> arguments =
        new ArrayList<>(
            List.of("embed", "--input", input.toString(), "--output", to.toString(), "--json"));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private JsonNode merge(String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--mode", "merge"));
    arguments.addAll(List.of(more));
    Cli.Result result = embed(output, arguments.toArray(String[]::new));
    assertThat(result.code()).as(result.err()).isZero();
    return new ObjectMapper().readTree(result.out());
  }

  private Cli.Result mergeFile(Path file, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("embed", "--input", file.toString(), "--output"));
    arguments.addAll(List.of(output.toString(), "--mode", "merge", "--json"));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private static Map<String, Row> rows(Path table) {
    Map<String, Row> rows = new TreeMap<>();
    for (Row row : Cli.spark().read().format("delta").load(table.toString()).collectAsList()) {
      assertThat(rows.put(row.getAs("id"), row)).as("second row of a key").isNull();
    }
    return rows;
  }

  private void isLikeNew() throws IOException {
    Path fresh = directory.resolve("fresh");
    assertThat(embed(fresh).code()).isZero();
    Map<String, Row> expected = rows(fresh);
    Map<String, Row> actual = rows(output);
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach((id, row) -> same(actual.get(id), row));
  }

  private static void same(Row actual, Row expected) {
    List<Float> vector = expected.getList(expected.fieldIndex("embedding"));
    List<Float> ours = actual.getList(actual.fieldIndex("embedding"));
    if (vector == null) {
      assertThat(ours).isNull();
      return;
    }
    for (int i = 0; i < vector.size(); i++) {
      assertThat(ours.get(i)).isCloseTo(vector.get(i), within(1e-6f));
    }
  }

  private static String counts(JsonNode report) {
    JsonNode merge = report.get("merge");
    return "%d embedded, %d written, %d reused, %d unchanged, %d deleted, %d slices"
        .formatted(
            report.at("/rows/embedded").asInt(),
            merge.get("written").asInt(),
            merge.get("reused").asInt(),
            merge.get("unchanged").asInt(),
            merge.get("deleted").asInt(),
            merge.get("slices").asInt());
  }

  @Test
  void onlyWhatChangedIsEmbedded() throws IOException {
    assertThat(counts(merge()))
        .isEqualTo("3 embedded, 5 written, 1 reused, 0 unchanged, 0 deleted, 1 slices");
    assertThat(counts(merge()))
        .isEqualTo("0 embedded, 0 written, 0 reused, 5 unchanged, 0 deleted, 0 slices");
    source.remove("a");
    source.put("b", "salt");
    source.put("e", "water");
    assertThat(counts(merge()))
        .isEqualTo("1 embedded, 2 written, 1 reused, 3 unchanged, 0 deleted, 1 slices");
    assertThat(rows(output)).containsKey("a");
    assertThat(counts(merge("--delete-missing")))
        .isEqualTo("0 embedded, 0 written, 0 reused, 5 unchanged, 1 deleted, 0 slices");
    isLikeNew();
    source.put("f", "salt");
    assertThat(counts(merge("--no-reuse")))
        .isEqualTo("1 embedded, 1 written, 0 reused, 5 unchanged, 0 deleted, 1 slices");
  }

  @Test
  void randomChangesInSlices() throws IOException {
    Random random = new Random(11);
    int rounds = Integer.getInteger("e5.merge-rounds", 2);
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < 12; i++) {
        String key = "key " + random.nextInt(30);
        if (random.nextInt(4) == 0) {
          source.remove(key);
        } else {
          source.put(key, "text number " + random.nextInt(20));
        }
      }
      Map<String, String> before = round == 0 ? Map.of() : hashes();
      JsonNode report = merge("--delete-missing", "--slice-rows", "8", "--details");
      if (round == rounds - 1 || rounds > 2) {
        isLikeNew();
      }
      Map<String, String> after = hashes();
      Set<String> fresh = new HashSet<>(after.values());
      fresh.removeAll(before.values());
      int nulls = round == 0 ? 1 : 0;
      // One slice may remove the last row of a text before a later slice adds the text again. The
      // later slice then embeds it again.
      assertThat(report.at("/rows/embedded").asInt())
          .isBetween(fresh.size() - nulls, fresh.size() - nulls + moved(before, after).size());
    }
    long commits = DeltaTable.forPath(Cli.spark(), output.toString()).history().count();
    assertThat(commits).isGreaterThan(rounds);
  }

  private Map<String, String> hashes() {
    Map<String, String> hashes = new HashMap<>();
    rows(output).forEach((key, row) -> hashes.put(key, row.getAs("embedding_hash")));
    return hashes;
  }

  /** Returns the hashes that exist before and after, but that no key kept. */
  private static Set<String> moved(Map<String, String> before, Map<String, String> after) {
    Set<String> moved = new HashSet<>(after.values());
    moved.retainAll(before.values());
    after.forEach(
        (key, hash) -> {
          if (hash.equals(before.get(key))) {
            moved.remove(hash);
          }
        });
    return moved;
  }

  @Test
  void keptColumnsFollowTheSource() throws IOException {
    Path books = directory.resolve("books.jsonl");
    for (String[] run :
        new String[][] {
          {"\"en\"", "1 embedded, 2 written, 1 reused"}, {"null", "0 embedded, 1 written, 1 reused"}
        }) {
      Files.writeString(
          books,
          """
          {"id":1,"lang":"de","text":"salt"}
          {"id":2,"lang":%s,"text":"salt"}
          """
              .formatted(run[0]));
      Cli.Result result = mergeFile(books, "--keep-columns", "lang");
      assertThat(result.code()).as(result.err()).isZero();
      assertThat(counts(new ObjectMapper().readTree(result.out()))).startsWith(run[1]);
    }
    List<Row> rows =
        Cli.spark().read().format("delta").load(output.toString()).orderBy("id").collectAsList();
    assertThat(rows.get(0).<String>getAs("lang")).isEqualTo("de");
    assertThat(rows.get(1).<String>getAs("lang")).isNull();
    same(rows.get(1), rows.get(0));
  }

  private Cli.Result migrate(String... options) {
    List<String> all = new ArrayList<>(List.of("migrate", "--vectors", output.toString()));
    all.addAll(List.of("--set", "max-tokens=100"));
    all.addAll(List.of(options));
    return Cli.run(all.toArray(String[]::new));
  }

  private String results() {
    return directory.resolve("results").toString();
  }

  /** Writes two documents, and a query that one of the documents answers. */
  private String dataset() throws IOException {
    Path dataset = directory.resolve("dataset");
    Files.createDirectories(dataset.resolve("qrels"));
    Files.writeString(
        dataset.resolve("corpus.jsonl"),
        """
        {"_id":"d1","title":"","text":"Salt melts ice on roads."}
        {"_id":"d2","title":"","text":"The violin has four strings."}
        """);
    Files.writeString(
        dataset.resolve("queries.jsonl"),
        "{\"_id\":\"q1\",\"text\":\"how many strings has a violin\"}\n");
    Files.writeString(dataset.resolve("qrels/test.tsv"), "query-id\tcorpus-id\tscore\nq1\td2\t1\n");
    return dataset.toString();
  }

  @Test
  void migrationSwapsTheTableAndMergesGoOn() throws IOException {
    merge("--details");
    alter("SET TBLPROPERTIES ('delta.appendOnly' = 'True')");
    Cli.Result rejected = migrate("--dataset", dataset(), "--results", results(), "--min", "P@1=1");
    assertThat(rejected.code()).as(rejected.err()).isEqualTo(2);
    assertThat(rejected.err()).contains("it is append-only").doesNotContain("Embedding");
    assertThat(Path.of(results())).doesNotExist();
    alter("SET TBLPROPERTIES ('delta.appendOnly' = 'False')");
    Cli.Result gated = migrate("--dataset", dataset(), "--results", results(), "--min", "P@1=1.01");
    assertThat(gated.code()).as(gated.err()).isEqualTo(3);
    assertThat(gated.err()).contains("P@1 is 1.0, below the minimum of 1.01");
    assertThat(counts(merge("--details"))).contains("0 embedded").contains("5 unchanged");
    Cli.Result half = migrate("--min", "P@1=1");
    assertThat(half.code()).isEqualTo(2);
    assertThat(half.err()).contains("Missing required argument(s): --dataset=DIR, --results=DIR");
    Cli.Result migrated =
        migrate("--dataset", dataset(), "--results", results(), "--min", "P@1=1", "--json");
    assertThat(migrated.code()).as(migrated.err()).isZero();
    JsonNode report = new ObjectMapper().readTree(migrated.out());
    assertThat(report.at("/rows/read").asInt()).isEqualTo(5);
    long version = report.get("table_version").asLong();
    isLikeNew();
    assertThat(
            Cli.spark()
                .read()
                .format("delta")
                .option("versionAsOf", version - 1)
                .load(output.toString())
                .count())
        .isEqualTo(5);
    assertThat(counts(merge("--details", "--set", "max-tokens=100")))
        .isEqualTo("0 embedded, 0 written, 0 reused, 5 unchanged, 0 deleted, 0 slices");
    Cli.Result none = Cli.run("migrate", "--vectors", directory.resolve("none").toString());
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("there is no Delta table at file:");
  }

  @Test
  void migrationFailsIfItsSourceLosesRowsDuringTheEvaluation() throws IOException {
    Files.writeString(
        input, "{\"id\":\"a\",\"text\":\"salt\"}\n{\"id\":\"b\",\"text\":\"bread\"}\n");
    UDF1<String, Boolean> exists = name -> Files.exists(Path.of(name));
    Cli.spark()
        .udf()
        .register("evaluated", functions.udf(exists, DataTypes.BooleanType).asNondeterministic());
    Cli.spark().read().json(input.toString()).createOrReplaceTempView("all_texts");
    Cli.spark()
        .sql("SELECT * FROM all_texts WHERE id = 'a' OR NOT evaluated('%s')".formatted(results()))
        .createOrReplaceTempView("fewer_texts");
    Cli.Result made = Cli.run("embed", "--input", "fewer_texts", "--output", output.toString());
    assertThat(made.code()).as(made.err()).isZero();
    Cli.Result failed = migrate("--dataset", dataset(), "--results", results(), "--min", "P@1=1");
    assertThat(failed.code()).as(failed.err()).isEqualTo(1);
    assertThat(failed.err())
        .contains("its source fewer_texts lacks 1 row of the table, which would be lost");
    assertThat(rows(output)).containsOnlyKeys("a", "b");
  }

  @Test
  void migrationKeepsSettingsAndTexts() throws IOException {
    Path books = directory.resolve("books.jsonl");
    Files.writeString(
        books,
        """
        {"id":1,"title":"salt","text":"and pepper"}
        {"id":2,"title":"bread","text":"and butter"}
        """);
    Files.createDirectories(output.resolve("_delta_log"));
    for (String columns : new String[] {"title", "title,text"}) {
      Cli.Result merged = mergeFile(books, "--text-columns", columns, "--set", "truncate=window");
      assertThat(merged.code()).as(merged.err()).isZero();
    }
    Cli.Result migrated =
        Cli.run("migrate", "--vectors", output.toString(), "--set", "max-tokens=100", "--json");
    assertThat(migrated.code()).as(migrated.err()).isZero();
    assertThat(migrated.err()).doesNotContain("loses");
    assertThat(new ObjectMapper().readTree(migrated.out()).get("tokens").asInt())
        .as("titles and texts")
        .isEqualTo(2 * 7);
    java.util.Map<String, String> properties =
        DeltaTable.forPath(Cli.spark(), output.toString())
            .detail()
            .select("properties")
            .head()
            .getJavaMap(0);
    assertThat(properties)
        .containsEntry("e5.truncate", "window")
        .containsEntry("e5.max-tokens", "100")
        .containsEntry("e5.text-columns", "title,text");
    Files.writeString(
        books, Files.readString(books) + "{\"id\":2,\"title\":\"bread\",\"text\":\"again\"}\n");
    Cli.Result doubled =
        Cli.run("migrate", "--vectors", output.toString(), "--set", "max-tokens=90");
    assertThat(doubled.code()).isEqualTo(2);
    assertThat(doubled.err()).contains("Cannot merge by [id]");
  }

  @Test
  void mistakesAreRefusedBeforeAnythingIsWritten() throws IOException {
    Files.writeString(input, "");
    Cli.Result doubled = embed(output, "--mode", "merge", "--key", "text");
    assertThat(doubled.code()).isEqualTo(2);
    assertThat(doubled.err()).contains("Cannot merge by [text]: ").contains("the source has ");
    assertThat(output.resolve("_delta_log")).doesNotExist();
    Cli.Result limited = embed(output, "--mode", "merge", "--limit", "3");
    assertThat(limited.err())
        .contains(
            "Invalid limit: 3 (must be 0 with --mode merge, which takes all rows of its source)");
    Cli.Result slices = embed(output, "--mode", "merge", "--slice-rows", "0");
    assertThat(slices.err()).contains("Invalid slice-rows: 0 (must be at least 1)");
    Cli.Result elsewhere = embed(output, "--slice-minutes", "3");
    assertThat(elsewhere.code()).isEqualTo(2);
    assertThat(elsewhere.err())
        .contains("Invalid option: --slice-minutes with --mode overwrite (it needs --mode merge)");
    Path unnamed = directory.resolve("unnamed.jsonl");
    Files.writeString(
        unnamed, "{\"id\":\"a\",\"text\":\"salt\"}\n{\"id\":null,\"text\":\"bread\"}\n");
    assertThat(mergeFile(unnamed).err())
        .contains("the source has 1 row with the key id=null (no part of a key may be null)");
    Cli.Result negative = embed(output, "--set", "on-error=null", "--max-errors", "-1");
    assertThat(negative.err()).contains("Invalid max-errors: -1 (must not be negative)");
    Cli.Result forgotten =
        Cli.run("embed", "--input", input.toString(), "--output", "forgotten", "--mode", "merge");
    assertThat(forgotten.err())
        .contains("Cannot merge into table forgotten: the catalog is kept in memory");
    merge();
    Cli.Result other = embed(output, "--mode", "merge", "--set", "max-tokens=100");
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err())
        .contains("its vectors were made with max-tokens=512, and this job has max-tokens=100")
        .contains("(use --set max-tokens=512, or another --output)");
    rejectedMergesLeaveTheTable();
    assertThat(embed(output).code()).isZero();
    Cli.Result plain = embed(output, "--mode", "merge");
    assertThat(plain.code()).isEqualTo(2);
    assertThat(plain.err()).contains("without the hashes of texts");
  }

  private void rejectedMergesLeaveTheTable() throws IOException {
    alter("ADD CONSTRAINT known CHECK (id <> 'y')");
    long version = version();
    Path wrong = directory.resolve("wrong.jsonl");
    Files.writeString(wrong, "{\"id\":\"y\",\"text\":\"salt\"}\n");
    Cli.Result broken = mergeFile(wrong);
    assertThat(broken.code()).as(broken.err()).isEqualTo(2);
    assertThat(broken.err()).contains("its constraint known (");
    Cli.spark()
        .sql("SELECT 'a' AS id, 'salt' AS text WHERE false")
        .createOrReplaceTempView("no_texts");
    Cli.Result emptied = mergeFile(Path.of("no_texts"), "--delete-missing");
    assertThat(emptied.code()).as(emptied.err()).isEqualTo(2);
    assertThat(emptied.err()).contains("the source has no rows, so the table would lose 5 rows");
    assertThat(version()).isEqualTo(version);
    alter("SET TBLPROPERTIES (delta.appendOnly = true)");
    Files.writeString(wrong, "{\"id\":\"x\",\"text\":\"salt\"}\n");
    Cli.Result fewer = mergeFile(wrong, "--delete-missing");
    assertThat(fewer.code()).as(fewer.err()).isEqualTo(2);
    assertThat(fewer.err()).contains("Cannot delete 5 missing rows of table ");
    assertThat(version()).isEqualTo(version + 1);
    alter("SET TBLPROPERTIES (delta.appendOnly = false)");
  }

  private void alter(String what) {
    Cli.spark().sql("ALTER TABLE delta.`%s` %s".formatted(output, what));
  }

  private long version() {
    Row newest = DeltaTable.forPath(Cli.spark(), output.toString()).history(1).head();
    return newest.<Long>getAs("version");
  }

  @Test
  void keptVariantsAreRefusedAndStructsThatAreCalledSoAreMerged() {
    Cli.spark()
        .sql("SELECT 'a' AS id, 'salt' AS text, named_struct('variant', 'x') AS kept")
        .createOrReplaceTempView("called_variant");
    Cli.Result named = mergeFile(Path.of("called_variant"), "--keep-columns", "kept");
    assertThat(named.code()).as(named.err()).isZero();
    assertThat(rows(output).get("a").<Row>getAs("kept").<String>getAs("variant")).isEqualTo("x");
    Cli.spark()
        .sql("SELECT 'a' AS id, 'salt' AS text, parse_json('{\"x\": 1}') AS kept")
        .createOrReplaceTempView("with_variant");
    output = directory.resolve("variants");
    Cli.Result variant = mergeFile(Path.of("with_variant"), "--keep-columns", "kept");
    assertThat(variant.code()).isEqualTo(2);
    assertThat(variant.err())
        .contains("Cannot merge column kept: it holds VARIANT, whose values cannot be compared");
    assertThat(DeltaTable.isDeltaTable(Cli.spark(), output.toString())).isFalse();
  }
}
