package io.e5spark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.e5spark.cluster.LiteralCache;
import io.e5spark.sql.catalyst.ExtractBatchEmbed;
import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.expression.SqlFunction;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import scala.collection.Seq;

/**
 * Tests selected queries with the built-in model: batched and row-by-row results agree within 1e-5.
 */
class TestRealModelQueries {
  @TempDir static Path directory;
  private static SparkSession spark;

  static Stream<String> queries() {
    return Stream.of(
        "select id, e5_embed(text) from things order by id",
        "select id, e5_embed(text, 'passage') from things order by id",
        "select id, try_e5_embed(text) from things order by id",
        "select id, e5_embed(array(text, 'and more')) from things order by id",
        "select id, e5_similarity(e5_embed(text, 'passage'), e5_embed('wet weather')) from things order by id",
        "select id, case when kind = 'food' then e5_embed(text) end from things order by id",
        "select id, if(kind = 'food', null, e5_embed(text)) from things order by id",
        "select id, coalesce(e5_embed(text), array(0f)) from things order by id",
        "select id from things where e5_similarity(e5_embed(text), e5_embed('bread')) > 0.85 order by id",
        "select id, e5_embed(text) from things where kind = 'food' order by id",
        "select id from things order by e5_similarity(e5_embed(text), e5_embed('rain')) desc limit 3",
        "select id, e5_embed(text) from things order by id desc limit 2",
        "select kind, max(e5_similarity(e5_embed(text), e5_embed('oven'))) from things group by kind order by kind",
        "select kind, e5_embed(max(text)) from things group by kind order by kind",
        "select kind from things group by kind having max(e5_embed(text)[0]) < 1 order by kind",
        "select a.id, b.id from things a join things b on a.id < b.id"
            + " and e5_similarity(e5_embed(a.text), e5_embed(b.text)) > 0.7 order by 1, 2",
        "with v as (select id, e5_embed(text) v from things) select id, v[5] from v order by id",
        "select id, row_number() over (order by e5_embed(text)[3], id) from things order by id",
        "select id, v[7] from (select id, e5_embed(text) v from things union all"
            + " select id + 100, e5_embed(text, 'passage') from things) order by id",
        "select id, (select max(e5_embed(text)[0]) from things) from things order by id",
        "select id, e5_tokens(text), e5.fn.embed(text, 'passage') from things order by id");
  }

  @BeforeAll
  static void start() {
    spark = RecordedSession.spark();
    spark
        .sql(
            "select * from values (1, 'food', 'Bread needs flour, water and time.'), (2, 'food', 'Salt'),"
                + " (3, 'sky', 'Dark clouds bring rain.'), (4, 'sky', null), (5, 'sky', ''),"
                + " (6, 'tool', 'Oil keeps rust away from a chain, and a chain away from the workshop.'),"
                + " (7, 'food', 'An oven should be hot before the loaf goes in.') t(id, kind, text)")
        .repartition(2)
        .write()
        .parquet(directory.resolve("things").toString());
    spark.read().parquet(directory.resolve("things").toString()).createOrReplaceTempView("things");
    spark.conf().set("spark.e5.model", "e5-small-v2");
  }

  @AfterAll
  static void restore() {
    spark.conf().set("spark.e5.model", "recorded");
  }

  @ParameterizedTest
  @MethodSource("queries")
  void batchedEqualsRowByRow(String sql) {
    List<Row> batched = spark.sql(sql).collectAsList();
    spark.conf().set("spark.sql.optimizer.excludedRules", ExtractBatchEmbed.class.getName());
    try {
      LiteralCache.clear();
      List<Row> single = spark.sql(sql).collectAsList();
      assertThat(batched).isNotEmpty().hasSameSizeAs(single);
      for (int i = 0; i < single.size(); i++) {
        assertClose(batched.get(i).toSeq(), single.get(i).toSeq());
      }
    } finally {
      spark.conf().unset("spark.sql.optimizer.excludedRules");
    }
  }

  @ParameterizedTest
  @EnumSource(SqlFunction.class)
  void exampleGivesWhatItsDescriptionSays(SqlFunction function) {
    String description =
        spark.sql("describe function extended " + function.sqlName()).collectAsList().toString();
    Matcher example = Pattern.compile("> (SELECT .*);\\s+(\\S+)\\s").matcher(description);
    assertThat(example.find()).as(description).isTrue();
    assertThat(spark.sql(example.group(1)).head().get(0)).hasToString(example.group(2));
  }

  private static void assertClose(Object actual, Object expected) {
    if (expected instanceof Seq<?> seq) {
      List<?> elements = ScalaBridge.list(seq);
      List<?> others = ScalaBridge.list((Seq<?>) actual);
      assertThat(others).hasSameSizeAs(elements);
      for (int i = 0; i < elements.size(); i++) {
        assertClose(others.get(i), elements.get(i));
      }
    } else if (expected instanceof Row row) {
      assertClose(((Row) actual).toSeq(), row.toSeq());
    } else if (expected instanceof Float || expected instanceof Double) {
      assertThat(((Number) actual).doubleValue())
          .isCloseTo(((Number) expected).doubleValue(), within(1e-5));
    } else {
      assertThat(actual).isEqualTo(expected);
    }
  }
}
