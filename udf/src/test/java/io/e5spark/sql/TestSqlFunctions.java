package io.e5spark.sql;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.e5spark.config.InputType;
import io.e5spark.config.Settings;
import io.e5spark.sql.catalyst.ExtractBatchEmbed;
import io.e5spark.sql.catalyst.OperatorSupport;
import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.expression.SqlFunction;
import io.e5spark.sql.node.BatchEmbedExec;
import io.e5spark.sql.node.BatchEmbedStrategy;
import io.e5spark.sql.node.VectorJoinStrategy;
import io.e5spark.sql.table.TableFunction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests what users see of the functions: results, errors, texts, and the ways to install and call
 * them.
 */
class TestSqlFunctions {
  @TempDir static Path directory;
  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark = RecordedSession.spark();
    spark
        .range(12)
        .selectExpr("id", "if(id = 3, null, concat('text ', id)) text")
        .repartition(2)
        .write()
        .parquet(directory.resolve("texts").toString());
    spark.read().parquet(directory.resolve("texts").toString()).createOrReplaceTempView("texts");
  }

  @BeforeEach
  void clear() {
    RecordedSession.MODEL.clear();
  }

  private static Row one(String sql) {
    return spark.sql(sql).head();
  }

  @Test
  void functionsHaveTheirTypes() {
    assertThat(
            spark
                .sql(
                    "select e5_embed(text) a, try_e5_embed(text) b, e5_embed(array(text)) c,"
                        + " e5_similarity(e5_embed(text), e5_embed(text)) d, e5_tokens(text) e from texts")
                .schema()
                .toDDL())
        .isEqualTo(
            "a ARRAY<FLOAT>,b STRUCT<embedding: ARRAY<FLOAT>, tokens: INT, truncated: BOOLEAN, error: STRING>,"
                + "c ARRAY<ARRAY<FLOAT>> NOT NULL,d DOUBLE,e INT");
  }

  @Test
  void similarityIsTheDotProduct() {
    assertThat(one("select e5_similarity(array(1f, 2f, 3f), array(4f, 5f, 6f))").getDouble(0))
        .isEqualTo(32);
    String seventeen = "transform(sequence(1, 17), x -> float(x))";
    assertThat(one("select e5_similarity(" + seventeen + ", " + seventeen + ")").getDouble(0))
        .isEqualTo(1_785);
    assertThat(one("select e5_similarity(null, array(1f))").isNullAt(0)).isTrue();
    assertThatThrownBy(() -> one("select e5_similarity(array(1f, 2f), array(1f))"))
        .hasMessageContaining("Cannot compare vectors of 2 and 1 dimensions");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CODEGEN_ONLY", "NO_CODEGEN"})
  void similarityToAConstantIsTheSame(String mode) {
    spark.conf().set("spark.sql.codegen.factoryMode", mode);
    spark.conf().set("spark.sql.codegen.wholeStage", mode.equals("CODEGEN_ONLY"));
    try {
      String vectors =
          " from (select transform(sequence(1, 17), x -> float(x + id)) v from range(2) where id >= 0)";
      String constant = "array(" + "0f, ".repeat(16) + "2f)";
      assertThat(
              spark
                  .sql("select e5_similarity(v, " + constant + ")" + vectors)
                  .collectAsList()
                  .toString())
          .isEqualTo("[[34.0], [36.0]]");
      assertThat(one("select sum(e5_similarity(" + constant + ", v))" + vectors).getDouble(0))
          .isEqualTo(70);
      assertThat(one("select e5_similarity(cast(null as array<float>), v)" + vectors).isNullAt(0))
          .isTrue();
      assertThatThrownBy(() -> one("select e5_similarity(v, array(1f))" + vectors))
          .hasStackTraceContaining("Cannot compare vectors of 17 and 1 dimensions");
    } finally {
      spark.conf().unset("spark.sql.codegen.factoryMode");
      spark.conf().unset("spark.sql.codegen.wholeStage");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"CODEGEN_ONLY", "NO_CODEGEN"})
  void similarityOfStoredVectors(String mode) {
    spark.conf().set("spark.sql.codegen.factoryMode", mode);
    try {
      String rows =
          " from (select array(1y, -2y, 3y, 4y, -5y, 6y, 7y, 8y) bytes, X'05' bits,"
              + " transform(sequence(1, 8), i -> float(i)) floats, id from range(2))";
      Row scores =
          one(
              "select max(e5_similarity(bytes, floats)), max(e5_similarity(floats, bytes)),"
                  + " max(e5_similarity(bytes, array(1f, 0f, 0f, 0f, 0f, 0f, 0f, 2f))),"
                  + " max(e5_similarity(bits, floats)), max(e5_similarity(bits, bits)),"
                  + " max(e5_similarity(bits, array(1f, 1f, 1f, 0f, 0f, 0f, 0f, 0f)))"
                  + rows);
      assertThat(scores.getDouble(0)).isEqualTo(1 - 4 + 9 + 16 - 25 + 36 + 49 + 64);
      assertThat(scores.getDouble(1)).isEqualTo(scores.getDouble(0));
      assertThat(scores.getDouble(2)).isEqualTo(17);
      double signs = 1 - 2 + 3 - 4 - 5 - 6 - 7 - 8;
      assertThat(scores.getDouble(3)).isCloseTo(signs / Math.sqrt(8), within(1e-6));
      assertThat(scores.getDouble(4)).isCloseTo(1, within(1e-6));
      assertThat(scores.getDouble(5)).isCloseTo(1 / Math.sqrt(8), within(1e-6));
      assertThatThrownBy(() -> one("select e5_similarity(bits, array(1f))" + rows))
          .hasStackTraceContaining("Cannot compare vectors of 8 and 1 dimensions");
    } finally {
      spark.conf().unset("spark.sql.codegen.factoryMode");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"CODEGEN_ONLY", "NO_CODEGEN"})
  void similarityOfAVectorWithANullElementIsNull(String mode) {
    spark.conf().set("spark.sql.codegen.factoryMode", mode);
    try {
      String rows = " from values (array(1f, null), array(1y, null)) t(v, b)";
      assertThat(
              one("select e5_similarity(v, array(1f, 2f)), e5_similarity(b, array(1f, 2f)),"
                      + " e5_similarity(v, v), e5_similarity(array(1f, 2f), b)"
                      + rows)
                  .toString())
          .isEqualTo("[null,null,null,null]");
      assertThat(one("select e5.fn.similarity(v, array(1f, 2f))" + rows).isNullAt(0)).isTrue();
    } finally {
      spark.conf().unset("spark.sql.codegen.factoryMode");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"CODEGEN_ONLY", "NO_CODEGEN"})
  void vectorsArePackedAndUnpacked(String mode) {
    spark.conf().set("spark.sql.codegen.factoryMode", mode);
    try {
      String rows = " from (select transform(sequence(1, 8), i -> float(i)) v, id from range(2))";
      Row row =
          one(
              "select hex(max(e5_pack(array(v[0], -v[1])))), max(e5_unpack(e5_pack(v)) = v),"
                  + " max(e5_unpack(e5_pack(v, 'half'), 'half') = v), max(octet_length(e5_pack(v, 'binary'))),"
                  + " max(e5_pack(if(id > 5, v, null))), max(e5_unpack(null)),"
                  + " max(e5_similarity(e5_pack(v), v)), max(e5_similarity(e5_pack(v), e5_pack(v))),"
                  + " max(e5_similarity(e5_unpack(e5_pack(v, 'half'), 'half'), e5_pack(v)))"
                  + rows);
      assertThat(row.toString())
          .isEqualTo("[0000803F000000C0,true,true,1,null,null,204.0,204.0,204.0]");
      assertThatThrownBy(() -> one("select e5_pack(array(float(id), null)) from range(2)"))
          .hasStackTraceContaining("Cannot pack a vector: its element 2 of 2 is null");
      assertThatThrownBy(
              () -> one("select e5_unpack(cast(string(id) as binary), 'packed') from range(2)"))
          .hasStackTraceContaining(
              "Cannot unpack a vector: its number of bytes, 1, is not a multiple of 4");
    } finally {
      spark.conf().unset("spark.sql.codegen.factoryMode");
    }
  }

  @Test
  void packedColumnsAreComparedWhereOneOfThemSaysWhatItIs() {
    String rows = " from (select e5_pack(array(3f, 4f)) p, X'0000404000008040' q from range(1))";
    assertThat(one("select e5_similarity(p, array(1f, 2f))" + rows).getDouble(0)).isEqualTo(11);
    assertThat(one("select e5_similarity(e5_unpack(p, 'packed'), q)" + rows).getDouble(0))
        .isEqualTo(25);
    assertThat(
            one(
                "select e5.fn.similarity(e5.fn.unpack(p, 'packed'), e5.fn.pack(array(1f, 0f)))"
                    + rows))
        .hasToString("[3.0]");
    assertThatThrownBy(() -> one("select e5_similarity(p, q)" + rows))
        .hasStackTraceContaining(
            "Cannot compare two binary values of 8 bytes: they may be packed, half or binary vectors (name the type of one of them, for example e5_unpack(vector, 'packed'))");
    assertThat(
            spark
                .sql("select array(1f, 2f) v")
                .select(E5Functions.unpack(E5Functions.pack(col("v"))))
                .head()
                .getList(0))
        .hasToString("[1.0, 2.0]");
  }

  @Test
  void firstQueriesAtOnceInstallOneRule() throws Exception {
    Rule<LogicalPlan> foreign = new ForeignRule();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 20; round++) {
        SparkSession session = spark.newSession();
        session.experimental().extraOptimizations_$eq(ScalaBridge.seq(foreign));
        CyclicBarrier start = new CyclicBarrier(8);
        Callable<Object> query =
            () -> {
              start.await();
              E5Functions.install(session);
              return session.sql("select e5_tokens(null)").queryExecution().optimizedPlan();
            };
        for (Future<Object> done : threads.invokeAll(Collections.nCopies(8, query))) {
          done.get();
        }
        assertThat(ScalaBridge.list(session.experimental().extraOptimizations()))
            .contains(foreign)
            .filteredOn(ExtractBatchEmbed.class::isInstance)
            .hasSize(1);
        assertThat(ScalaBridge.list(session.experimental().extraStrategies()))
            .hasOnlyElementsOfTypes(BatchEmbedStrategy.class, VectorJoinStrategy.class)
            .hasSize(2);
      }
    } finally {
      threads.shutdown();
    }
  }

  /** An optimizer rule that stands in for a rule of another library. */
  private static final class ForeignRule extends Rule<LogicalPlan> {
    @Override
    public LogicalPlan apply(LogicalPlan plan) {
      return plan;
    }
  }

  @Test
  void catalogHasItsFunctionsInOneNamespace() throws Exception {
    E5FunctionCatalog catalog = new E5FunctionCatalog();
    assertThat(catalog.listFunctions(new String[] {"fn"}))
        .extracting(Identifier::name)
        .containsExactlyInAnyOrder(
            "embed", "try_embed", "similarity", "tokens", "chunks", "pack", "unpack");
    assertThatThrownBy(() -> catalog.listFunctions(new String[] {"other"}))
        .isInstanceOf(NoSuchNamespaceException.class);
    assertThatThrownBy(() -> catalog.listFunctions(new String[0]))
        .isInstanceOf(NoSuchNamespaceException.class);
  }

  @Test
  void similarityInOrderByIsComputedOnceARow() {
    Dataset<Row> nearest =
        spark.sql(
            "select id from (select id, transform(sequence(1, 3), x -> float(id * x)) v from texts)"
                + " order by e5_similarity(v, array(1f, 0f, 0f)) desc limit 2");
    assertThat(nearest.collectAsList().toString()).isEqualTo("[[11], [10]]");
    assertThat(nearest.queryExecution().executedPlan().toString())
        .contains("orderBy=[sort_key")
        .doesNotContain("orderBy=[e5_similarity");
    assertThat(nearest.columns()).containsExactly("id");
  }

  @Test
  @Timeout(60)
  void cancelledTaskStopsBeforeItsNextBatch() throws Exception {
    CompletableFuture<TaskContext> task = new CompletableFuture<>();
    RecordedSession.MODEL.whenAsked(() -> untilKilled(task));
    spark.range(0, 400, 1, 1).selectExpr("id", "string(id) text").createOrReplaceTempView("many");
    spark.sparkContext().setJobGroup("long", "", false);
    FutureTask<Row> query = new FutureTask<>(() -> one("select sum(e5_embed(text)[0]) from many"));
    new Thread(query).start();
    task.get();
    spark.sparkContext().cancelJobGroup("long");
    assertThatThrownBy(query::get).hasStackTraceContaining("cancelled");
    while (!task.get().isCompleted()) {
      Thread.onSpinWait();
    }
    spark.sparkContext().clearJobGroup();
    RecordedSession.MODEL.whenAsked(() -> {});
    assertThat(RecordedSession.MODEL.batches).hasSize(1);
  }

  /** Holds the first batch of the task until Spark has marked the task. */
  private static void untilKilled(CompletableFuture<TaskContext> task) {
    task.complete(TaskContext.get());
    while (!TaskContext.get().isInterrupted()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void tryKeepsErrorsAndEmbedFails() {
    String rows = " from values ('good'), ('bad text'), (null) t(c)";
    List<Row> outcomes = spark.sql("select c, try_e5_embed(c) r" + rows).collectAsList();
    assertThat(outcomes.get(0).getStruct(1).isNullAt(3)).isTrue();
    assertThat(outcomes.get(1).getStruct(1).getString(3)).isEqualTo("Cannot embed bad text");
    assertThat(outcomes.get(1).getStruct(1).isNullAt(0)).isTrue();
    assertThat(outcomes.get(2).isNullAt(1)).isTrue();
    assertThatThrownBy(() -> spark.sql("select e5_embed(c)" + rows).collectAsList())
        .hasStackTraceContaining("Cannot embed bad text");
  }

  @Test
  void tokensAreCounted() {
    assertThat(one("select e5_tokens('12345'), e5_tokens(null)").toString()).isEqualTo("[5,null]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select e5_embed(1) | e5_embed needs a string or an array of strings, got INT",
        "select try_e5_embed(array('a')) | try_e5_embed needs a string, got ARRAY<STRING>",
        "select e5_embed('a', 'document') | Invalid input type: 'document' (must be 'query' or 'passage')",
        "select e5_embed(text, text) from texts | e5_embed needs a string literal as argument 2, got",
        "select e5_similarity(array(1f), array(1d)) | e5_similarity needs two vectors (array<float>, array<tinyint> or binary), got",
        "select e5_tokens(1) | e5_tokens needs a string, got INT",
        "select e5_pack(array(1d)) | e5_pack needs array<float>, got ARRAY<DOUBLE>",
        "select e5_unpack('a') | e5_unpack needs binary, got STRING",
        "select e5_unpack(X'0000803F') | e5_unpack needs the vector type of X'0000803F', because no column states it (for example e5_unpack(X'0000803F', 'packed'))",
        "select e5_pack(array(1f), 'int8') | Invalid vector type: 'int8' (must be 'packed', 'half' or 'binary')",
        "select e5_embed() | requires 1 to 4 parameters but the actual number is 0",
        "select e5_similarity('a') | requires 2 parameters but the actual number is 1",
      })
  void mistakesAreNamedWithTheirPlace(String sql, String message) {
    assertThatThrownBy(() -> spark.sql(sql))
        .isInstanceOf(org.apache.spark.sql.AnalysisException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("pos 7");
  }

  @Test
  void settingsOfACallWinOverTheSessions() {
    Settings other = Settings.read(Map.of("model", "other"));
    RecordedSession.OTHER.clear();
    spark
        .sql("select 'by value' as text")
        .select(E5Functions.embed(col("text"), InputType.PASSAGE, other))
        .collectAsList();
    assertThat(RecordedSession.OTHER.single).containsExactly("by value");
    assertThat(spark.conf().get("spark.e5.model")).isEqualTo("recorded");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "map('max-token', '5') | Unknown setting: max-token (did you mean max-tokens?)",
        "map('max-tokens', '600') | Invalid max-tokens: 600 (must be from 3 to 512)",
        "map('max-tokens', 5) | e5_embed needs a map of string literals as argument 4, got",
        "array('a') | e5_embed needs a map of string literals as argument 4, got",
        "map('model', text) | e5_embed needs a map of string literals as argument 4, got",
      })
  void settingsThatAreNoneAreNamed(String settings, String message) {
    String sql = "select e5_embed(text, 'query', 'other', " + settings + ") from texts";
    assertThatThrownBy(() -> spark.sql(sql)).hasMessageContaining(message);
  }

  @Test
  void emptySettingsLeaveTheSessions() {
    assertThat(one("select size(e5_embed('salt', 'query', 'other', map()))").getInt(0))
        .isEqualTo(3);
  }

  @Test
  void tokensAreCountedWithTheSettingsOfTheCall() {
    String sql = "select e5_tokens('12345', 'passage', 'other', map('prefix', 'off'))";
    assertThat(one(sql).getInt(0)).isEqualTo(5);
    assertThatThrownBy(() -> spark.sql("select e5_tokens(text, text) from texts"))
        .hasMessageContaining("e5_tokens needs a string literal as argument 2, got");
  }

  @Test
  void unknownSettingIsNamed() {
    spark.conf().set("spark.e5.modle", "x");
    try {
      assertThatThrownBy(() -> spark.sql("select e5_embed('a')"))
          .hasMessageContaining("Unknown setting: modle (did you mean model?)");
    } finally {
      spark.conf().unset("spark.e5.modle");
    }
  }

  @Test
  void functionsDescribeThemselves() {
    for (SqlFunction function : SqlFunction.values()) {
      List<Row> lines =
          spark.sql("describe function extended " + function.sqlName()).collectAsList();
      assertThat(lines.toString())
          .contains("Usage: " + function.sqlName() + "(")
          .contains("Arguments:")
          .contains("> SELECT ")
          .contains("Function: " + function.sqlName())
          .contains("Since: 0.1.0");
    }
    assertThat(spark.sql("show functions like '*e5_*'").collectAsList())
        .hasSize(SqlFunction.values().length + TableFunction.values().length);
  }

  @Test
  void explainShowsTheNodeAndLoadsNothing() {
    spark.conf().set("spark.e5.model", "/no/such/model");
    try {
      String plan =
          one("explain formatted select e5_embed(text, 'passage') from texts").getString(0);
      assertThat(plan).contains("BatchEmbed").contains("e5_embed(text");
    } finally {
      spark.conf().set("spark.e5.model", "recorded");
    }
  }

  @Test
  void nodeHasMetrics() {
    Dataset<Row> query = spark.sql("select e5_embed(text) from texts");
    query.collectAsList();
    spark.conf().set("spark.sql.adaptive.enabled", "true");
    SparkPlan node = query.queryExecution().executedPlan();
    while (!(node instanceof BatchEmbedExec)) {
      node = node.children().head();
    }
    assertThat(node.metrics().apply("ROWS").value()).isEqualTo(12L);
    assertThat(node.metrics().apply("NULLS").value()).isEqualTo(1L);
    assertThat(node.metrics().apply("TEXTS").value()).isEqualTo(11L);
  }

  @Test
  void catalogNamesAreBatchedToo() {
    List<Row> expected =
        spark.sql("select id, e5_embed(text, 'passage') from texts order by id").collectAsList();
    RecordedSession.MODEL.clear();
    List<Row> actual =
        spark.sql("select id, e5.fn.embed(text, 'passage') from texts order by id").collectAsList();
    assertThat(actual).isEqualTo(expected);
    assertThat(RecordedSession.MODEL.batchedTexts()).isEqualTo(11);
    assertThat(RecordedSession.MODEL.single).isEmpty();
    assertThat(one("select e5.fn.similarity(array(1f), array(2f)), e5.fn.tokens('abc')").toString())
        .isEqualTo("[2.0,3]");
  }

  @Test
  void installServesASessionThatRuns() {
    SparkSession plain = spark.newSession();
    plain.conf().set("spark.e5.model", "recorded");
    plain.sessionState().functionRegistry().clear();
    E5Functions.install(plain);
    E5Functions.install(plain);
    Dataset<Row> texts = plain.read().parquet(directory.resolve("texts").toString());
    SparkSession.setActiveSession(plain);
    assertThat(
            texts
                .withColumn("vector", E5Functions.embed(col("text"), InputType.PASSAGE))
                .collectAsList())
        .hasSize(12);
    SparkSession.setActiveSession(spark);
    assertThat(RecordedSession.MODEL.batchedTexts()).isEqualTo(11);
    assertThat(RecordedSession.MODEL.single).isEmpty();
  }

  @Test
  void sparkWithOtherInternalsEmbedsRowByRow() {
    SparkSessionExtensions extensions = new SparkSessionExtensions();
    new E5Extensions(
            () ->
                OperatorSupport.tried(
                    () -> {
                      throw new NoSuchMethodError("of another Spark");
                    }))
        .apply(extensions);
    assertThat(ScalaBridge.list(extensions.buildPlannerStrategies(spark)))
        .noneMatch(BatchEmbedStrategy.class::isInstance);
    SparkSession plain = spark.newSession();
    plain.conf().set("spark.e5.model", "recorded");
    extensions.registerFunctions(plain.sessionState().functionRegistry());
    plain.read().parquet(directory.resolve("texts").toString()).createOrReplaceTempView("texts");
    String sql = "select e5_embed(text) v from texts order by id";
    List<Row> expected = spark.sql(sql).collectAsList();
    RecordedSession.MODEL.clear();
    plain.conf().set("spark.sql.optimizer.excludedRules", ExtractBatchEmbed.class.getName());
    assertThat(plain.sql(sql).collectAsList()).isEqualTo(expected);
    assertThat(RecordedSession.MODEL.batches).isEmpty();
    assertThat(RecordedSession.MODEL.single).hasSize(11);
  }

  @Test
  void columnsServeTheTypedApi() {
    Dataset<Row> texts = spark.table("texts");
    Dataset<Row> scored =
        texts.select(
            E5Functions.similarity(
                E5Functions.embed(col("text"), InputType.PASSAGE),
                E5Functions.tryEmbed(col("text"), InputType.QUERY).getField("embedding")),
            E5Functions.tokens(col("text")));
    assertThat(scored.collectAsList()).hasSize(12);
    assertThat(RecordedSession.MODEL.batchedTexts()).isEqualTo(22);
  }

  @Test
  void cachedPlanIsUsedAgain() {
    spark.sql("select id, e5_embed(text) v from texts").cache().createOrReplaceTempView("cached");
    assertThat(spark.table("cached").count()).isEqualTo(12);
    RecordedSession.MODEL.clear();
    assertThat(spark.sql("select id, e5_embed(text) v from texts").count()).isEqualTo(12);
    spark.sql("select sum(v[0]) from cached").collectAsList();
    assertThat(RecordedSession.MODEL.batchedTexts()).isZero();
    spark.catalog().uncacheTable("cached");
  }

  @Test
  void streamGoesOnWhereItStopped() throws Exception {
    Path input = Files.createDirectories(directory.resolve("stream"));
    Files.writeString(input.resolve("1.json"), "{\"id\":1,\"text\":\"first\"}\n");
    stream(input);
    Files.writeString(input.resolve("2.json"), "{\"id\":2,\"text\":\"second\"}\n{\"id\":3}\n");
    stream(input);
    assertThat(spark.read().parquet(directory.resolve("streamed").toString()).count()).isEqualTo(3);
    assertThat(RecordedSession.MODEL.batchedTexts()).isEqualTo(2);
    assertThat(RecordedSession.MODEL.single).isEmpty();
  }

  private static void stream(Path input) throws Exception {
    // This is a setting, because the writer's option has another signature in Spark 3.5.
    String checkpoints = "spark.sql.streaming.checkpointLocation";
    spark.conf().set(checkpoints, directory.resolve("checkpoints").toString());
    spark
        .readStream()
        .schema("id int, text string")
        .json(input.toString())
        .selectExpr("id", "e5_embed(text) v")
        .writeStream()
        .format("parquet")
        .queryName("e5")
        .trigger(Trigger.AvailableNow())
        .start(directory.resolve("streamed").toString())
        .awaitTermination();
    spark.conf().unset(checkpoints);
  }
}
