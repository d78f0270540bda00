package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the table functions over tables that {@code embed} wrote. */
class TestSqlSearch {
  private static final String QUERY = "noise when pedalling";

  @TempDir static Path directory;
  private static SparkSession spark;
  private static Path input;

  @BeforeAll
  static void start() throws IOException {
    spark = Cli.spark();
    input = directory.resolve("rows.jsonl");
    Files.writeString(
        input,
        """
        {"shard":1,"id":"bread","text":"Sourdough rises slowly and keeps for days."}
        {"shard":1,"id":"bike","text":"A dry bicycle chain squeaks until it is oiled."}
        {"shard":2,"id":"again","text":"A dry bicycle chain squeaks until it is oiled."}
        {"shard":2,"id":"frost","text":"Clear and windless nights bring frost to gardens."}
        {"shard":2,"id":"none","text":null}
        """);
  }

  private static String embedded(String name, String... further) {
    String output = directory.resolve(name).toString();
    List<String> arguments =
        new ArrayList<>(List.of("embed", "--input", input.toString(), "--output", output));
    arguments.addAll(List.of("--id-column", "shard,id"));
    arguments.addAll(List.of(further));
    Cli.Result result = Cli.run(arguments.toArray(String[]::new));
    assertThat(result.code()).as(result.err()).isZero();
    return output;
  }

  private static List<String> rows(String sql) {
    return spark.sql(sql).collectAsList().stream().map(Row::toString).toList();
  }

  private static List<String> command(String vectors) throws IOException {
    Cli.Result result = Cli.run("search", "--vectors", vectors, "--query", QUERY, "--json");
    assertThat(result.code()).as(result.err()).isZero();
    List<String> hits = new ArrayList<>();
    for (JsonNode hit : new ObjectMapper().readTree(result.out()).get(0).get("hits")) {
      hits.add(
          "[%s,%s,%s]"
              .formatted(
                  hit.get("id").asText(), hit.get("score").asDouble(), hit.get("rank").asInt()));
    }
    return hits;
  }

  @ParameterizedTest
  @ValueSource(strings = {"float", "int8", "binary"})
  void searchInSqlFindsWhatTheCommandFinds(String type) throws IOException {
    String path = embedded("of-" + type, "--vector-type", type);
    List<String> hits = command(path);
    assertThat(hits).hasSize(4);
    assertThat(hits.get(0)).startsWith("[1,bike,");
    assertThat(hits.get(1)).startsWith("[2,again,");
    for (String table :
        List.of("'" + path + "'", "'delta.`" + path + "`'", "TABLE(delta.`" + path + "`)")) {
      assertThat(
              rows(
                  "select shard, id, score, rank from e5_search("
                      + table
                      + ", '"
                      + QUERY
                      + "') order by rank"))
          .as(table)
          .isEqualTo(hits);
    }
  }

  @Test
  void tablesAndViewsOfTheCatalogAreSearched() throws IOException {
    String path = embedded("named");
    spark.sql("create table named_vectors using delta location '" + path + "'");
    spark.sql("create view shard_one as select * from named_vectors where shard = 1");
    try {
      List<String> hits = command(path);
      assertThat(
              rows(
                  "select shard, id, score, rank from e5_search('named_vectors', '"
                      + QUERY
                      + "') order by rank"))
          .isEqualTo(hits);
      assertThat(rows("select id, rank from e5_search('shard_one', '" + QUERY + "') order by rank"))
          .containsExactly("[bike,1]", "[bread,2]");
    } finally {
      spark.sql("drop view shard_one");
      spark.sql("drop table named_vectors");
    }
  }

  @Test
  void joinAndNearDuplicatesTakeTablesOfEmbed() {
    String path = embedded("joined");
    assertThat(
            rows(
                "select query.id, nearest.id from e5_nearest('%s', '%s', 1, filter => 'shard = 2') order by query.id"
                    .formatted(path, path)))
        .containsExactly("[again,again]", "[bike,again]", "[bread,frost]", "[frost,frost]");
    assertThat(
            rows(
                "select first.id, second.id, round(score, 4) from e5_near_duplicates('%s', 0.99)"
                    .formatted(path)))
        .containsExactly("[bike,again,1.0]");
  }

  @Test
  void settingsOfTheTableAreThoseOfTheQuery() throws IOException {
    String path = embedded("unprefixed", "--set", "prefix=false", "--set", "max-tokens=16");
    List<String> hits = command(path);
    assertThat(
            rows(
                "select shard, id, score, rank from e5_search('"
                    + path
                    + "', '"
                    + QUERY
                    + "') order by rank"))
        .isEqualTo(hits);
    assertThatThrownBy(() -> rows("select * from e5_search('" + path + "', 'x', prefix => 'true')"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("its vectors were made by model e5-small-v2 with prompts");
  }

  @Test
  void oldVersionIsSearchedAsItSaysItWasMade() throws IOException {
    String path = embedded("migrated", "--set", "prefix=off");
    String search = "select id, score from e5_search(%s, '" + QUERY + "') order by rank";
    List<String> before = rows(search.formatted("'" + path + "'"));
    Cli.Result migrated = Cli.run("migrate", "--vectors", path, "--set", "prefix=on");
    assertThat(migrated.code()).as(migrated.err()).isZero();
    String old = "TABLE(SELECT * FROM delta.`%s` VERSION AS OF 0)".formatted(path);
    assertThat(rows(search.formatted("'" + path + "'"))).isNotEqualTo(before);
    assertThat(rows(search.formatted(old))).isEqualTo(before);
    assertThat(rows(search.formatted("TABLE(SELECT * FROM delta.`%s@v0`)".formatted(path))))
        .isEqualTo(before);
    assertRejected("select * from e5_nearest(" + old + ", '" + path + "', 1)", "fingerprint");
  }

  @Test
  void tablesThatSparkDoesNotFindAreOneLineWithTheWayOn() {
    String path = embedded("relative");
    String relative = Path.of("").toAbsolutePath().relativize(Path.of(path).toAbsolutePath()) + "/";
    assertRejected(
        "SELECT id FROM delta.`" + relative + "`",
        "needs the absolute path of a Delta table, such as");
    assertRejected("SELECT id FROM absent", "so it has no tables of earlier commands; name a path");
    assertRejected("SHOW TABLES IN absent", "[SCHEMA_NOT_FOUND]");
    assertRejected(
        "SELECT id FROM e5_search('absent', 'bread')",
        "(the path of a table has a slash, as in ./absent, and a query of WITH is passed as TABLE(absent))");
  }

  @Test
  void directoryOfATableOfAnEarlierCommandIsExplained() throws IOException {
    Path warehouse = Path.of(spark.conf().get("spark.sql.warehouse.dir").replace("file:", ""));
    Files.createDirectories(warehouse.resolve("forgotten"));
    Files.writeString(warehouse.resolve("forgotten/part-0.parquet"), "x");
    assertRejected(
        "CREATE TABLE forgotten USING delta AS SELECT 1 AS id",
        "an earlier command may have made it in a catalog that was kept in memory");
  }

  private static void assertRejected(String sql, String part) {
    Cli.Result result = Cli.run("sql", "-e", sql);
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err().lines()).as(result.err()).hasSize(1).first().asString().contains(part);
  }

  @Test
  void pathWithoutATableIsNamed() {
    assertThatThrownBy(
            () -> rows("select * from e5_search('" + directory.resolve("nothing") + "', 'x')"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot search table " + directory.resolve("nothing") + ": ");
  }
}
