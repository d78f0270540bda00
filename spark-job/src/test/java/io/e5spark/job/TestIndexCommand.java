package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delta.exceptions.DeltaConcurrentModificationException;
import io.e5spark.index.QuerySample;
import io.e5spark.table.IndexedTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests a vector table with an index: a search with probes finds what the exact search finds in the
 * probed lists.
 */
class TestIndexCommand {
  private static final List<String> THINGS =
      List.of("bread", "bicycle", "winter", "violin", "river", "engine", "garden", "court");
  private static final List<String> DOINGS = List.of("mended", "sold", "painted", "lost", "found");
  private static final String QUERY = "who repaired the bicycle";

  /** The number of rows: one per thing and action, an empty text, and a null. */
  private static final int ROWS = THINGS.size() * DOINGS.size() + 2;

  @TempDir static Path directory;
  private static SparkSession spark;
  private static String indexed = "";

  private final Map<String, String> source = texts();
  private String vectors = indexed;

  @BeforeAll
  static void start() throws IOException {
    spark = Cli.spark();
    TestIndexCommand first = new TestIndexCommand();
    indexed = first.embedded("indexed");
    first.index("--lists", "6");
  }

  private static Map<String, String> texts() {
    Map<String, String> texts = new TreeMap<>();
    for (String thing : THINGS) {
      for (String doing : DOINGS) {
        texts.put(thing + "-" + doing, "The " + thing + " was " + doing + " yesterday.");
      }
    }
    texts.put("none", "");
    return texts;
  }

  /** Embeds the texts into a table with this name, and returns its path. */
  private String embedded(String name, String... more) throws IOException {
    vectors = directory.resolve(name).toString();
    embed(more);
    return vectors;
  }

  private Cli.Result embed(String... more) throws IOException {
    StringBuilder lines = new StringBuilder("{\"id\":\"null\",\"text\":null}\n");
    for (Map.Entry<String, String> row : source.entrySet()) {
      Map<String, String> line = Map.of("id", row.getKey(), "text", row.getValue());
      lines.append(new ObjectMapper().writeValueAsString(line)).append('\n');
    }
    Path input = Path.of(vectors + ".jsonl");
    Files.writeString(input, lines);
    List<String> arguments =
        new ArrayList<>(List.of("embed", "--input", input.toString(), "--output", vectors));
    arguments.addAll(List.of(more));
    return done(arguments);
  }

  private static Cli.Result done(List<String> arguments) {
    Cli.Result result = Cli.run(arguments.toArray(String[]::new));
    assertThat(result.code()).as(result.err()).isZero();
    return result;
  }

  private JsonNode index(String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("index", "--vectors", vectors, "--json"));
    arguments.addAll(List.of("--limit-queries", "10"));
    arguments.addAll(List.of(more));
    return new ObjectMapper().readTree(done(arguments).out());
  }

  private int assigned(String... more) throws IOException {
    return index(more).at("/index/assigned").asInt();
  }

  /** Returns the ids and scores in the order of their ranks. */
  private List<String> search(int k, String option) {
    return rows(
            "select id, score from e5_search('%s', '%s', %d%s) order by rank"
                .formatted(vectors, QUERY, k, option))
        .stream()
        .map(Row::toString)
        .toList();
  }

  private List<Row> rows(String sql) {
    String statement =
        sql.replace("$", "delta.`" + vectors + "`").replace("?", "delta.`" + vectors + "_lists`");
    return spark.sql(statement).collectAsList();
  }

  private long count(String condition) {
    return rows("select count(*) from $ where " + condition).get(0).getLong(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"float", "int8"})
  void searchWithProbesFindsTheNearestRowsOfTheListsThatItReads(String type) throws IOException {
    if (!type.equals("float")) {
      embedded("of-" + type, "--vector-type", type);
      assertThat(assigned("--lists", "6")).isEqualTo(ROWS);
    }
    assertThat(count("embedding_list is null")).isZero();
    List<String> exact = search(ROWS, "");
    assertThat(exact).hasSize(ROWS - 1);
    assertThat(search(ROWS, ", probes => 6")).isEqualTo(exact);
    assertThat(search(ROWS, ", map('probes', '100')")).isEqualTo(exact);
    List<String> few = search(ROWS, ", probes => 2");
    assertThat(few).hasSizeBetween(2, ROWS - 5);
    assertThat(few).isEqualTo(exact.stream().filter(new HashSet<>(few)::contains).toList());
    assertThat(few.get(0)).isEqualTo(exact.get(0));
  }

  @Test
  void rowsWithEqualTextsAreDrawnOneByOne() throws IOException {
    Path rows = directory.resolve("equal.jsonl");
    Files.writeString(
        rows,
        IntStream.range(0, 1_000)
            .mapToObj(id -> "{\"id\":%s,\"text\":\"bread\"}\n".formatted(id))
            .collect(Collectors.joining()));
    String table = directory.resolve("equal").toString();
    Cli.run("embed", "--input", rows.toString(), "--output", table);
    IndexedTable equal = new IndexedTable(spark, table);
    assertThat(QuerySample.of(spark, equal, Optional.empty(), 20).vectors()).hasSize(20);
  }

  @Test
  void commandSearchesWithProbes() {
    List<String> exact = List.of("search", "--vectors", vectors, "--query", QUERY, "--k", "1");
    List<String> probed = new ArrayList<>(exact);
    probed.addAll(List.of("--probes", "1"));
    assertThat(done(probed).out()).isEqualTo(done(exact).out()).contains("bicycle-");
    assertThat(done(probed).err()).doesNotContain("no list");
  }

  @Test
  void reportMeasuresRecallBytesAndTime() throws IOException {
    Path report = directory.resolve("report");
    JsonNode measured = index("--report", report.toString(), "--probes", "1,6");
    JsonNode few = measured.at("/points/0");
    JsonNode all = measured.at("/points/1");
    assertThat(few.get("recall_at10").asDouble()).isBetween(0.05, 0.99);
    assertThat(few.get("rows").asDouble()).isBetween(0.02, 0.6);
    assertThat(few.get("bytes").asDouble()).isPositive();
    assertThat(few.get("seconds").asDouble()).isPositive();
    assertThat(all.get("recall_at10").asDouble()).isEqualTo(1);
    assertThat(all.get("recall_at100").asDouble()).isEqualTo(1);
    assertThat(all.get("bytes").asDouble()).isBetween(0.9, 1.1);
    assertThat(measured.get("queries_are_rows").asBoolean()).isTrue();
    assertThat(report.resolve("index.html")).content().contains("<canvas", "recall@10");
    assertThat(new ObjectMapper().readTree(report.resolve("index.json").toFile()))
        .isEqualTo(measured);
  }

  @Test
  void reportMayTakeQueriesOfAnotherTable() throws IOException {
    String queries = embedded("queries", "--input-type", "query");
    vectors = indexed;
    JsonNode recall = index("--queries", queries).get("recall");
    assertThat(recall.get("queries").asInt()).isEqualTo(10);
    assertThat(recall.get("queries_are_rows").asBoolean()).isFalse();
  }

  @Test
  void mergesKeepTheIndexWhole() throws IOException {
    int rounds = Integer.getInteger("e5.index-merges", 1);
    Random random = new Random(11);
    embedded("merged", "--mode", "merge", "--vector-type", "packed");
    refused("Cannot read vector table typo/", "index", "--queries", "typo/");
    assertThat(new IndexedTable(spark, vectors).index()).isEmpty();
    index("--lists", "6");
    for (int round = 0; round < rounds; round++) {
      for (int change = 0; change < 4; change++) {
        String id = List.copyOf(source.keySet()).get(random.nextInt(source.size()));
        String thing = THINGS.get(random.nextInt(THINGS.size()));
        switch (change) {
          case 0 -> source.remove(id);
          case 1 -> source.put("new-" + round, "A new " + thing + ".");
          default -> source.put(id, "The " + thing + " changed in round " + round + ".");
        }
      }
      embed("--mode", "merge", "--vector-type", "packed", "--delete-missing");
      List<String> exact = search(100, "");
      assertThat(search(100, ", probes => 6")).as("round %d", round).isEqualTo(exact);
      assertThat(rowsInAnotherListThanTheirNearest()).as("round %d", round).isZero();
      Set<String> nearest = idsInTheNearestList();
      assertThat(search(100, ", probes => 1"))
          .as("round %d", round)
          .isEqualTo(exact.stream().filter(hit -> nearest.contains(id(hit))).toList());
    }
    assertThat(count("embedding_list is null")).isZero();
    assertThat(count("true")).isEqualTo(source.size() + 1);
  }

  private long rowsInAnotherListThanTheirNearest() {
    return rows("""
            select count(*) from (
              select id, embedding_list, max_by(list, e5_similarity(embedding, centroid)) as nearest
              from $ cross join ?
              where embedding is not null
              group by id, embedding_list)
            where embedding_list <> nearest
            """)
        .get(0)
        .getLong(0);
  }

  /** Returns the ids of the rows in the list that is nearest to the query. */
  private Set<String> idsInTheNearestList() {
    return rows(
            """
            select id from $ where embedding_list = (
              select list from ? order by e5_similarity(centroid, e5_embed('QUERY', 'query')) desc
              limit 1)
            """
                .replace("QUERY", QUERY))
        .stream()
        .map(row -> row.getString(0))
        .collect(Collectors.toSet());
  }

  private static String id(String hit) {
    return hit.substring(1, hit.indexOf(','));
  }

  /** Other jobs may fail because the index changes the schema, as any such change makes them. */
  @Test
  @Tag("slow")
  void indexAndOtherJobsLoseNothingOfEachOther() throws IOException {
    embedded("raced");
    AtomicBoolean indexed = new AtomicBoolean();
    AtomicInteger copies = new AtomicInteger();
    CompletableFuture<Void> other =
        CompletableFuture.runAsync(
            () -> {
              while (!indexed.get()) {
                copies.addAndGet(copied(copies.get()));
              }
            });
    try {
      index("--lists", "6");
    } finally {
      indexed.set(true);
      other.join();
    }
    assertThat(copies.get()).isPositive();
    assertThat(count("true")).isEqualTo(ROWS + copies.get());
    assertThat(search(200, ", probes => 6")).isEqualTo(search(200, ""));
    index();
    assertThat(count("embedding_list is null")).isZero();
    assertThat(count("true")).isEqualTo(ROWS + copies.get());
    assertThat(search(200, ", probes => 6")).isEqualTo(search(200, ""));
  }

  /** Adds a row and changes another in one commit, and returns how many rows were added. */
  private int copied(int number) {
    String merge =
        """
        merge into $ t using (
          select 'copy-%d' as new, id, embedding from $ where id = 'court-sold'
          union all select null, id, embedding from $ where id = 'garden-lost') s
        on t.id = s.id and s.new is null
        when matched then update set embedding = s.embedding
        when not matched then insert (id, embedding) values (s.new, s.embedding)
        """;
    try {
      rows(merge.formatted(number));
      return 1;
    } catch (RuntimeException e) {
      assertThat(e).isInstanceOf(DeltaConcurrentModificationException.class);
      return 0;
    }
  }

  @Test
  void rowsInNoListAreReadByEverySearchUntilTheyHaveOne() throws IOException {
    embedded("appended");
    index("--lists", "5");
    source.clear();
    source.put("new", "Someone repaired the old bicycle.");
    embed("--mode", "append");
    assertThat(count("embedding_list is null")).isZero();
    assertThat(search(1, ", probes => 1").get(0)).startsWith("[new,");
    rows("insert into $ (id, embedding) select 'copy', embedding from $ where id = 'court-sold'");
    assertThat(search(60, ", probes => 1").toString()).contains("[copy,");
    rows("update $ set embedding_list = null where id < 'c'");
    Cli.Result told =
        done(List.of("search", "--vectors", vectors, "--query", QUERY, "--probes", "2"));
    assertThat(told.err())
        .containsPattern("Warning: the index of table \\S+ does not cover 1\\d of \\d+ rows");
    assertThat(assigned()).isBetween(10, 19);
    assertThat(count("embedding_list is null")).isZero();
    assertThat(search(60, ", probes => 5")).isEqualTo(search(60, ""));
  }

  @Test
  void tableThatWasMovedWithItsCentroidsKeepsItsIndex() throws IOException {
    String original = embedded("moved");
    index("--lists", "4");
    vectors = directory.resolve("moved here").toString();
    Files.move(Path.of(original + "_lists"), Path.of(vectors + "_lists"));
    Files.move(Path.of(original), Path.of(vectors));
    assertThat(search(60, ", probes => 4")).isEqualTo(search(60, ""));
    assertThat(search(60, ", probes => 1").size()).isLessThan(ROWS - 1);
    assertThat(assigned()).isZero();
    source.clear();
    source.put("new", "Someone repaired the old bicycle.");
    embed("--mode", "append");
    assertThat(count("embedding_list is null")).isZero();
    rows("delete from $");
    refused("Cannot index table " + vectors + ": it has no vectors", "index");
    assertThat(search(3, ", probes => 1")).isEmpty();
  }

  @Test
  void listsOfAnEarlierIndexCountAsNone() throws IOException {
    embedded("renewed");
    rows("alter table $ set tblproperties ('parquet.block.size' = '4194304')");
    index("--lists", "3");
    int before = rows("select max(embedding_list) from $").get(0).getInt(0);
    assertThat(assigned("--lists", "7")).isEqualTo(ROWS);
    assertThat(rows("select min(embedding_list) from $").get(0).getInt(0)).isGreaterThan(before);
    String original = vectors;
    vectors = directory.resolve("clone").toString();
    rows("create table $ shallow clone delta.`" + original + "`");
    assertThat(assigned()).as("the clone has the lists of the original").isZero();
    vectors = original;
    rows("update $ set embedding_list = %d where id = 'court-sold'".formatted(before));
    assertThat(search(60, ", probes => 1").toString()).contains("[court-sold,");
    FileUtil.fullyDelete(Path.of(vectors + "_lists").toFile());
    rows("alter table $ set tblproperties ('e5.index' = 'another')");
    assertThatThrownBy(() -> search(3, ", probes => 1"))
        .hasMessageContainingAll("its centroids should be in", "--retrain");
    refused("table " + vectors + ": its centroids", "search", "--query", QUERY, "--probes", "2");
    Cli.Result again = Cli.run("index", "--vectors", vectors);
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err())
        .contains("table " + vectors + ": its centroids should be in")
        .doesNotContain("Ordering");
    refused(
        "its centroids should be in", "embed", "--input", vectors + ".jsonl", "--mode", "append");
    assertThat(assigned("--retrain")).isEqualTo(ROWS);
    assertThat(search(60, ", probes => 7")).isEqualTo(search(60, ""));
    assertThat(embed().err())
        .contains("Warning: table " + vectors + " loses its index (make a new one with");
    assertThat(rows("show tblproperties $ ('parquet.block.size')").get(0).getString(1))
        .isEqualTo("4194304");
    assertThatThrownBy(() -> search(3, ", probes => 1"))
        .hasMessageContaining("it has no index (make one with e5-spark index)");
  }

  @ParameterizedTest
  @Tag("slow")
  @ValueSource(
      strings = {
        "'delta.dataSkippingNumIndexedCols' = '0'",
        "'delta.dataSkippingStatsColumns' = 'id'",
        "'delta.dataSkippingStatsColumns' = ''",
        "'delta.dataSkippingNumIndexedCols' = '1'"
      })
  void tableWithFewStatisticsGetsThoseOfItsLists(String property) throws IOException {
    embedded("few-" + property.hashCode());
    rows("alter table $ set tblproperties (" + property + ")");
    assertThat(assigned("--lists", "6")).isEqualTo(ROWS);
    assertThat(search(60, ", probes => 6")).isEqualTo(search(60, ""));
    try (Stream<Path> log = Files.list(Path.of(vectors, "_delta_log"))) {
      Path last =
          log.filter(file -> file.toString().endsWith(".json"))
              .sorted()
              .reduce((x, y) -> y)
              .orElseThrow();
      assertThat(last).content().containsPattern("minValues[^}]*embedding_list");
    }
    assertThat(embed().code()).isZero();
  }

  @Test
  void tableOfACatalogIsSearchedFromAnotherDatabase() throws IOException {
    embedded("of_catalog");
    spark.sql("create database elsewhere");
    spark.sql("use elsewhere");
    spark.sql("create table `indexed_vectors` using delta location '" + vectors + "'");
    vectors = "`indexed_vectors`";
    try {
      assertThat(assigned("--lists", "3")).isEqualTo(ROWS);
      spark.sql("use default");
      vectors = "elsewhere.`indexed_vectors`";
      String centroids =
          spark
              .sql("show tblproperties elsewhere.`indexed_vectors` ('e5.index-centroids')")
              .head()
              .getString(1);
      assertThat(spark.table(centroids).count()).isEqualTo(3);
      List<String> few = search(60, ", probes => 1");
      assertThat(few).hasSizeBetween(1, ROWS - 2);
      assertThat(search(60, "")).containsAll(few);
    } finally {
      spark.sql("use default");
      spark.sql("drop database elsewhere cascade");
    }
  }

  @Test
  void wrongArgumentsAreRefusedInOneLine() throws IOException {
    refused("Invalid lists: 0 (must be at least 1)", "index", "--lists", "0");
    refused("50,000 lists would need at least as many vectors", "index", "--lists", "50000");
    refused("it is a file (name a directory)", "index", "--report", vectors + ".jsonl");
    refused("it only measures the existing index", "index", "--report", "--retrain");
    refused("Invalid probes: 0", "search", "--query", "x", "--probes", "0");
    assertThatThrownBy(() -> search(3, ", probes => 'many'"))
        .hasMessageContaining("Invalid probes: many (must be a whole number from 1)");
    assertThatThrownBy(
            () ->
                rows(
                    "select * from e5_search(TABLE(select id, embedding from $), 'x', probes => 1)"))
        .hasMessageContaining("lacks the column embedding_list of its index");
    embedded("plain");
    rows("alter table $ cluster by (id)");
    refused("it is clustered by [id], and Delta cannot order the files", "index");
    rows("alter table $ cluster by none");
    rows("alter table $ set tblproperties ('delta.appendOnly' = 'true')");
    refused("it is append-only", "index");
    refused("has none (make one with e5-spark index", "search", "--query", "x", "--probes", "1");
    refused("has none (make one with", "index", "--report");
  }

  private void refused(String message, String command, String... more) {
    String table = command.equals("embed") ? "--output" : "--vectors";
    List<String> arguments = new ArrayList<>(List.of(command, table, vectors));
    arguments.addAll(List.of(more));
    Cli.Result result = Cli.run(arguments.toArray(String[]::new));
    assertThat(result.code()).as(result.err()).isEqualTo(2);
    assertThat(result.err()).contains(message);
  }
}
