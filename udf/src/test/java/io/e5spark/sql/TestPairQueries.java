package io.e5spark.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.sql.catalyst.ExtractBatchEmbed;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests calls over rows that a join repeats: each call is computed once, if any row reaches it. */
class TestPairQueries {
  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark = RecordedSession.spark();
    Dataset<Row> made =
        spark
            .range(0, 12, 1, 2)
            .selectExpr(
                "id",
                "concat('title ', id) title",
                "concat('other ', id) other",
                "if(id % 3 = 0, null, concat(id, ' a b c')) words",
                "concat(if(id < 9, 'fine ', 'bad '), id) risky");
    // Spark does not know the size of this table, so it regards the table as large.
    spark.createDataFrame(made.toJavaRDD(), made.schema()).createOrReplaceTempView("pairs");
  }

  private static List<String> rows(String sql) {
    RecordedSession.MODEL.clear();
    return spark.sql(sql).collectAsList().stream().map(Row::toString).sorted().toList();
  }

  private static List<String> rowsWithoutBatching(String sql) {
    spark.conf().set("spark.sql.optimizer.excludedRules", ExtractBatchEmbed.class.getName());
    try {
      return rows(sql);
    } finally {
      spark.conf().unset("spark.sql.optimizer.excludedRules");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a join pairs b on a.id < b.id",
        "a join pairs b on a.id >= b.id",
        "a join pairs b on b.id > a.id and a.id > 3",
        "a join pairs b on a.id <> b.id where a.id = 3",
        "a left join pairs b on a.id < b.id",
        "a right join pairs b on a.id < b.id",
        "a left join pairs b on a.id > b.id and a.id < 4",
        "a join pairs b on abs(a.id - b.id) < 3",
        "a join pairs b on a.id < b.id where e5_similarity(e5_embed(a.title), e5_embed(b.other)) > 3",
        "a join pairs b on a.id < b.id and e5_embed(b.risky)[0] > 3 where b.id < 9",
        "a join pairs b on a.id = b.id and e5_embed(concat('x ', a.title))[0] > 1 where b.id < 9 and e5_embed(b.risky)[0] > 3",
        "a left join pairs b on a.id = b.id and e5_embed(concat('x ', a.title))[0] > 1 and b.id < 9 and e5_embed(b.risky)[0] > 3",
      })
  void pairsShareWhatIsEmbedded(String from) {
    check(
        "select a.id, b.id, e5_similarity(e5_embed(a.title), e5_embed(b.other)) s from pairs "
            + from);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"cached", "(select * from pairs limit 7)", "(select * from cached limit 7)"})
  void otherSideMayBeCachedOrLimited(String other) {
    spark.table("pairs").cache().createOrReplaceTempView("cached");
    try {
      check(
          "select a.id, b.id from pairs a left join "
              + other
              + " b on a.id = b.id and e5_similarity(e5_embed(a.title), e5_embed(b.other)) > 3");
    } finally {
      spark.catalog().uncacheTable("cached");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select e5_embed(title), word from pairs lateral view explode(split(title, '')) w as word",
        "select e5_embed(title), word from pairs lateral view explode(split(words, ' ')) w as word",
        "select e5_embed(title), word from pairs lateral view outer explode(split(words, ' ')) w as word",
        "select e5_embed(title), n from pairs lateral view posexplode(split(words, ' ')) w as n, word",
        "select e5_embed(title)[0] from pairs except select e5_embed(other)[0] from pairs",
        "select id from pairs where coalesce(id > 3 and e5_embed(title)[0] > 7 and"
            + " e5_embed(other)[0] > 7, e5_embed(title)[0] > 3)",
        "select id from pairs where e5_embed(title)[0] > 7 and e5_embed(other)[0] > 70"
            + " and e5_embed(risky)[0] > 3",
      })
  void rowsShareWhatIsEmbedded(String sql) {
    check(sql);
  }

  private static void check(String sql) {
    List<String> expected = rowsWithoutBatching(sql);
    Set<String> reached = new HashSet<>(RecordedSession.MODEL.single);
    for (boolean adaptive : List.of(true, false)) {
      spark.conf().set("spark.sql.adaptive.enabled", adaptive);
      assertThat(rows(sql)).isEqualTo(expected);
      assertThat(RecordedSession.MODEL.single).isEmpty();
      assertThat(RecordedSession.MODEL.texts).doesNotHaveDuplicates();
      assertThat(reached).containsAll(RecordedSession.MODEL.texts);
    }
    spark.conf().unset("spark.sql.adaptive.enabled");
  }
}
