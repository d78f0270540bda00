package io.e5spark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.e5spark.sql.node.VectorJoin;
import io.e5spark.sql.table.RewriteNearestBy;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests joins by {@code NEAREST BY}, which Spark has since version 4.2. Spark's own results are the
 * reference.
 */
class TestNearestByQueries {
  private static final String EXCLUDED = "spark.sql.optimizer.excludedRules";
  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark = RecordedSession.spark();
    assumeTrue(isNew(spark.version()), "NEAREST BY needs Spark 4.2, this is " + spark.version());
    // No two scores of a row are equal, so each row has one right answer.
    spark.sql(
        "create temp view l as select id, concat('l', id) name,"
            + " if(id = 3, null, array(float(id - 2), float(1), float(id * id % 5))) v from range(7)");
    spark.sql(
        "create temp view r as select id, concat('r', id) name, if(id = 5, null, if(id = 6,"
            + " array(1f, null, 2f), array(float(sin(id)), float(cos(id * 7)), float(sin(id * 3))))) v from range(40)");
  }

  static boolean isNew(String version) {
    String[] parts = version.split("\\.", -1);
    return Integer.parseInt(parts[0]) * 100 + Integer.parseInt(parts[1]) >= 402;
  }

  private static List<String> rows(String sql) {
    return spark.sql(sql).collectAsList().stream().map(Row::toString).sorted().toList();
  }

  private static boolean isRewritten(String sql) {
    Dataset<Row> data = spark.sql(sql);
    return data.queryExecution().optimizedPlan().exists(VectorJoin.class::isInstance);
  }

  /** Returns the rows that Spark computes without the rewriting. */
  private static List<String> sparks(String sql) {
    spark.conf().set(EXCLUDED, RewriteNearestBy.class.getName());
    try {
      assertThat(isRewritten(sql)).isFalse();
      return rows(sql);
    } finally {
      spark.conf().unset(EXCLUDED);
    }
  }

  private static void assertSame(String sql) {
    assertThat(isRewritten(sql)).as(sql).isTrue();
    assertThat(rows(sql)).as(sql).isEqualTo(sparks(sql)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "similarity e5_similarity(l.v, r.v)",
        "similarity e5_similarity(r.v, l.v)",
        "similarity vector_inner_product(l.v, r.v)",
        "similarity vector_cosine_similarity(l.v, r.v)",
        "distance e5_similarity(l.v, r.v)",
        "distance -e5_similarity(l.v, r.v)",
        "distance 1 - vector_cosine_similarity(r.v, l.v)",
        "similarity e5_similarity(e5_pack(l.v, 'half'), r.v)",
        "similarity e5_similarity(array(1f, 2f, 3f), r.v)",
        "similarity e5_similarity(transform(l.v, x -> float(x * 2)), r.v)"
      })
  void joinsByADotProductAreThoseThatSparkGives(String ranking) {
    for (String type : List.of("inner", "left outer")) {
      for (String nearest : List.of("exact nearest 3", "approx nearest", "exact nearest 50")) {
        assertSame("select l.*, r.* from l %s join r %s by %s".formatted(type, nearest, ranking));
      }
    }
  }

  @Test
  void vectorsWithoutADirectionHaveNoCosine() {
    String zeros = "(select 1 id, array(0f, 0f) v union all select 2, array(3f, 4f)) %s";
    String join = zeros.formatted("a") + " left join " + zeros.formatted("b");
    assertSame(
        "select * from "
            + join
            + " exact nearest 2 by similarity vector_cosine_similarity(a.v, b.v)");
    assertSame(
        "select * from " + join + " exact nearest 2 by similarity vector_inner_product(a.v, b.v)");
  }

  @Test
  void rowsWithEqualScoresGoById() {
    String b = "(select 40 - id id, concat('x', id) name, array(float(id % 2), 1f) v from r) b";
    assertThat(
            rows(
                "select b.name from (select 1 id, array(1f, 0f) v) a join "
                    + b
                    + " exact nearest 3 by similarity e5_similarity(a.v, b.v)"))
        .containsExactly("[x35]", "[x37]", "[x39]");
  }

  @Test
  void leftRowsComeAsOftenAsTheyStandThere() {
    String join =
        "select a.id, r.id from (select * from l union all select * from l) a %s join (select * from r where %s) r"
            + " exact nearest 2 by similarity e5_similarity(a.v, r.v)";
    assertSame(join.formatted("left", "true"));
    assertSame(join.formatted("left", "id < 0"));
    assertThat(rows(join.formatted("inner", "id < 0"))).isEmpty();
  }

  @Test
  void joinStandsWhereverAQueryMay() {
    String join = "l join r exact nearest 2 by similarity e5_similarity(l.v, r.v)";
    assertSame(
        "with j as (select l.id a, r.id b from "
            + join
            + ") select x.a, y.b from j x join j y on x.a = y.b");
    assertSame("select id from r where id in (select r.id from " + join + ")");
    assertSame("select r.name, count(*) from " + join + " where l.id > 1 group by r.name");
    assertSame(
        "select a.id, b.id from r a join r b exact nearest 2 by similarity vector_inner_product(a.v, b.v)");
    assertSame(
        "select l.id, r.id, x.id from "
            + join
            + " left join r x exact nearest 1 by distance e5_similarity(r.v, x.v)");
    spark.sql("create or replace temp view joined as select l.id a, r.id b from " + join);
    assertThat(isRewritten("select * from joined")).isTrue();
    assertThat(rows("select * from joined")).isEqualTo(sparks("select l.id, r.id from " + join));
  }

  @Test
  void columnsThatNobodyReadsAreNotCarriedAlong() {
    VectorJoin join =
        (VectorJoin)
            spark
                .sql(
                    "select l.name, r.id from l join r exact nearest 2 by similarity e5_similarity(l.v, r.v)")
                .queryExecution()
                .optimizedPlan()
                .find(VectorJoin.class::isInstance)
                .get();
    assertThat(join.rows().results().mkString()).startsWith("id#");
    assertThat(join.queries().results().mkString()).startsWith("name#");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "similarity e5_similarity(l.v, r.v) * r.id",
        "similarity e5_similarity(l.v, l.v)",
        "similarity e5_similarity(unhex(hex(e5_pack(l.v))), r.v)",
        "similarity e5_similarity(transform(l.v, x -> float(x + r.id)), r.v)",
        "distance vector_l2_distance(l.v, r.v)",
        "distance float('nan') - e5_similarity(l.v, r.v)",
        "similarity abs(vector_inner_product(l.v, r.v))",
        "similarity if(r.id > 3, vector_inner_product(l.v, r.v), 0)"
      })
  void joinsByAnythingElseAreLeftToSpark(String ranking) {
    assertThat(isRewritten("select * from l join r exact nearest 3 by " + ranking)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "inner join r exact nearest 2 by similarity e5_similarity(e5_embed(l.name), e5_embed(r.name, 'passage'))",
        "inner join r exact nearest 2 by similarity vector_cosine_similarity(e5_embed(r.name, 'passage'), e5_embed(l.name))",
        "left join r exact nearest 2 by distance vector_l2_distance(e5_embed(l.name), e5_embed(r.name, 'passage'))",
        "inner join r approx nearest 2 by similarity e5_similarity(e5_embed(l.name), e5_embed(r.name, 'passage')) + rand()",
        "left join r exact nearest 2 by similarity case when l.name <> r.name then e5_similarity(e5_embed(l.name), e5_embed(r.name, 'passage')) else 0 end",
      })
  void textsAreEmbeddedOnceARow(String join) {
    RecordedSession.MODEL.clear();
    assertThat(rows("select l.id, r.id from l " + join)).hasSize(14);
    assertThat(RecordedSession.MODEL.texts).hasSize(47);
    assertThat(RecordedSession.MODEL.single).isEmpty();
  }

  @Test
  void textsThatNullsMayHaveAreEmbeddedRightWhereThereIsNoRow() {
    assertSameEmbedded("coalesce(r.name, 'nothing')");
    assertSameEmbedded("r.name");
  }

  private static void assertSameEmbedded(String text) {
    String join =
        "select l.id, r.id from l left join (select * from r where id < 0) r exact nearest 2 by"
            + " distance vector_l2_distance(e5_embed(%s, 'passage'), e5_embed(l.name))";
    assertThat(rows(join.formatted(text))).hasSize(7);
  }

  @Test
  void functionsOfSparkAndOursAgree() {
    assertThat(
            spark
                .sql(
                    "select max(abs(vector_inner_product(a, b) - e5_similarity(a, b))) worst,"
                        + " count_if((vector_inner_product(a, b) is null) = (e5_similarity(a, b) is null)) same, count(*) n"
                        + " from (select l.v a, r.v b from l cross join r)")
                .where("worst < 1e-6 and same = n and n = 280")
                .count())
        .isOne();
    assertThat(
            rows(
                "select vector_cosine_similarity(e5_embed('rain'), e5_embed('snow')) - e5_similarity(e5_embed('rain'), e5_embed('snow')) < 1e-6"))
        .containsExactly("[true]");
  }

  @Test
  void vectorsOfOtherDimensionsAreRefused() {
    assertThatThrownBy(
            () ->
                rows(
                    "select * from l join (select 7 id, array(1f) w) r exact nearest 1 by similarity e5_similarity(l.v, r.w)"))
        .hasStackTraceContaining(
            "the row with id=7 has a vector of 1 dimensions, the queries' have 3");
  }
}
