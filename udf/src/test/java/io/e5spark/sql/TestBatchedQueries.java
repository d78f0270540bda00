package io.e5spark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.e5spark.sql.catalyst.ExtractBatchEmbed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests query by query: the rows equal those of row-by-row evaluation, the model embeds only the
 * necessary texts, and no texts are embedded row by row. Of the 40 documents in four files, 36 have
 * a text. A window has 8 rows.
 */
class TestBatchedQueries {
  @TempDir static Path directory;
  private static SparkSession spark;
  private static RecordingModel model;
  private static RecordingModel other;

  /**
   * A query.
   *
   * @param texts the number of texts that plan nodes may give to the model
   * @param single the number of texts that may be embedded one by one: each literal once
   */
  record Query(String sql, int texts, int single) {
    @Override
    public String toString() {
      return sql;
    }
  }

  private static Query q(int texts, int single, String sql) {
    return new Query(sql, texts, single);
  }

  static Stream<Query> queries() {
    return Stream.of(
        // Select lists.
        q(36, 0, "select id, e5_embed(text) from docs"),
        q(36, 0, "select id, e5_embed(text, 'passage') from docs"),
        q(36, 0, "select e5_embed(text)[0] + e5_embed(text)[1] from docs"),
        q(72, 0, "select e5_embed(text), e5_embed(text, 'passage') from docs"),
        q(72, 0, "select e5_embed(text), e5_embed(title) from docs where text is not null"),
        q(36, 0, "select e5_embed(text, 'query', 'other') from docs"),
        q(36, 0, "select id, size(e5_embed(text)) + 1 as n, upper(title) from docs"),
        q(36, 0, "select e5_embed(concat(title, ' ', text)) from docs"),
        q(36, 0, "select try_e5_embed(text) from docs"),
        q(36, 0, "select try_e5_embed(text).tokens, try_e5_embed(text).error from docs"),
        q(
            32,
            0,
            "select e5_embed(array(title, text)) from docs where text is not null and id < 18 or id = 40"),
        q(3, 0, "select e5_embed(split(text, ' ')) from docs where id = 1"),
        q(36, 0, "select id, v from (select id, e5_embed(text) v from docs)"),
        q(0, 0, "select id from (select id, e5_embed(text) v from docs)"),
        q(72, 0, "select e5_embed(concat(text, e5_embed(text)[0])) from docs"),
        q(36, 0, "select distinct e5_embed(text) from docs"),
        q(36, 0, "select count(distinct e5_embed(text)) from docs"),
        q(0, 1, "select e5_embed('a literal')"),
        q(0, 1, "select id, e5_embed('a literal') from docs"),
        q(0, 0, "select e5_embed(null), e5_embed(cast(null as string)) from docs"),
        q(36, 1, "select e5_similarity(e5_embed(text), e5_embed('q')) from docs"),
        // Filters.
        q(36, 0, "select id from docs where e5_embed(text)[0] > 12"),
        q(36, 0, "select id, e5_embed(text) from docs where e5_embed(text)[0] > 12"),
        q(12, 0, "select id from docs where e5_embed(text)[0] > 12 and lang = 'en'"),
        q(12, 0, "select id, e5_embed(text) from docs where lang = 'en'"),
        q(24, 0, "select id from docs where lang = 'en' or e5_embed(text)[0] > 12"),
        q(36, 0, "select * from (select id, e5_embed(text) v from docs) where v[0] > 12"),
        q(
            12,
            0,
            "select * from (select id, lang, e5_embed(text) v from docs) where v[0] > 12 and lang = 'en'"),
        q(0, 0, "select id, e5_embed(text) from docs where id < 0"),
        q(12, 0, "select id from docs where not (lang = 'de') and size(e5_embed(text)) = 3"),
        q(36, 1, "select id from docs where e5_similarity(e5_embed(text), e5_embed('q')) > 10"),
        // Several conditions on one call.
        q(40, 0, "select id from docs where e5_embed(title)[0] >= 7 and e5_embed(title)[0] <= 9"),
        q(
            36,
            1,
            "select id from docs where e5_similarity(e5_embed(text), e5_embed('q')) between 30 and 500"),
        q(
            36,
            0,
            "select e5_embed(text)[0] between 3 and 9, nullif(e5_embed(text)[0], 9f) from docs"),
        q(
            36,
            0,
            "select id from docs where e5_embed(text)[0] in (7, 9) and e5_embed(text)[0] < 9 or lang = 'en'"),
        q(
            12,
            0,
            "select case when lang = 'en' and e5_embed(text)[0] > 9 then e5_embed(text) end from docs"),
        q(
            36,
            0,
            "select case when lang = 'en' or e5_embed(text)[0] > 9 then e5_embed(text) end from docs"),
        q(
            24,
            0,
            "select case when lang = 'en' and e5_embed(concat(text, e5_embed(text)[0]))[0] > 9"
                + " then e5_embed(text) end from docs"),
        // The condition computes the call for the rows that it reaches. The select list computes it
        // for the rest.
        q(36, 0, "select id, e5_embed(text) from docs where lang = 'de' or e5_embed(text)[0] > 0"),
        q(
            36,
            0,
            "select max(e5_embed(text)[0]) from docs where if(lang = 'en', e5_embed(text)[0], 1) > 0"),
        q(
            36,
            0,
            "select e5_embed(t) from (select upper(text) t, nullif(e5_embed(upper(text))[0], 2) n from docs)"
                + " where n > 0"),
        q(
            40,
            0,
            "select coalesce(if(lang = 'en', float(id), null), case when coalesce(e5_embed(text)[0] between 2 and 9, e5_embed(title)[0] > 0)"
                + " then e5_embed(text)[1] end), case when e5_embed(text)[0] is null then e5_embed(title) end from docs"),
        // Conditions.
        q(12, 0, "select case when lang = 'en' then e5_embed(text) end from docs"),
        q(
            36,
            0,
            "select case when lang = 'en' then e5_embed(text) else e5_embed(text) end from docs"),
        q(36, 0, "select case when lang = 'en' then e5_embed(text) end, e5_embed(text) from docs"),
        q(12, 0, "select if(lang = 'en', size(e5_embed(text)), 0) from docs"),
        q(24, 0, "select if(lang = 'en', null, e5_embed(text)) from docs"),
        q(4, 0, "select coalesce(text, cast(e5_embed(title) as string)) from docs"),
        q(36, 0, "select coalesce(e5_embed(text), array(0f)) from docs"),
        q(40, 0, "select coalesce(e5_embed(text), e5_embed(title)) from docs"),
        q(12, 0, "select lang = 'en' and e5_embed(text)[0] > 5 from docs"),
        q(24, 0, "select lang = 'en' or e5_embed(text)[0] > 5 from docs"),
        q(
            36,
            0,
            "select case lang when 'en' then e5_embed(text) when 'de' then e5_embed(text)  end from docs"),
        q(
            1,
            0,
            "select case when l = 'en' then case when cast(n as int) > 3 then e5_embed(c) end end"
                + " from values (null, 'abc', 'a'), ('en', '4', 'b') t(l, n, c)"),
        // Aggregates and grouping.
        q(36, 0, "select max(e5_embed(text)[0]) from docs"),
        q(12, 0, "select max(e5_embed(text)[0]) filter (where lang = 'en') from docs"),
        q(36, 0, "select lang, avg(e5_embed(text)[0]) from docs group by lang"),
        q(36, 0, "select e5_embed(text), count(*) from docs group by e5_embed(text)"),
        q(2, 0, "select e5_embed(max(text)) from docs group by lang"),
        q(2, 0, "select lang, e5_embed(lang) from docs group by lang"),
        q(1, 0, "select e5_embed(max(text)) from docs"),
        q(2, 0, "select lang from docs group by lang having size(e5_embed(max(text))) = 3"),
        q(36, 0, "select lang, count(*) from docs group by lang having max(e5_embed(text)[0]) > 3"),
        q(
            36,
            0,
            "select lang, grp, max(e5_embed(text)[0]) from docs group by grouping sets ((lang), (grp))"),
        q(36, 0, "select lang, sum(e5_embed(text)[0]) from docs group by rollup(lang)"),
        q(
            36,
            0,
            "select * from (select lang, grp, e5_embed(text)[0] v from docs) pivot (max(v) for lang in ('en', 'de'))"),
        // Order and limits. Spark samples the rows of a global sort first, and so embeds them
        // twice.
        q(72, 0, "select id from docs order by e5_embed(text)[1]"),
        q(
            36,
            1,
            "select id from docs order by e5_similarity(e5_embed(text), e5_embed('q')) desc, id limit 5"),
        q(5, 0, "select id, e5_embed(title) from docs order by id limit 5"),
        q(5, 0, "select e5_embed(title) from docs order by id desc limit 5"),
        q(5, 0, "select e5_embed(title)[2] from docs limit 5"),
        q(5, 0, "select e5_embed(title) from docs order by upper(title) limit 5"),
        q(5, 0, "select e5_embed(title), id % 7 m from docs order by m, id limit 5"),
        q(5, 0, "select id, e5_embed(title) from docs order by id limit 5 offset 3"),
        q(40, 0, "select lower(title) l, e5_embed(title) from docs order by l"),
        q(5, 0, "select n from (select e5_embed(title)[2] n from docs limit 5) where n > 0"),
        q(36, 0, "select id, e5_embed(text) v from docs order by v[1], id limit 5"),
        q(36, 0, "select id, e5_embed(text) from docs order by id"),
        q(36, 0, "select e5_embed(text) from docs order by id desc"),
        q(36, 0, "select id from docs sort by e5_embed(text)[1]"),
        q(36, 0, "select id, e5_embed(text) v from docs distribute by v[1]"),
        // Joins.
        q(36, 0, "select d.id, n.n from docs d join numbers n on e5_embed(d.text)[0] = n.n"),
        q(36, 0, "select d.id, n.n from docs d left join numbers n on e5_embed(d.text)[0] = n.n"),
        q(36, 0, "select d.id, n.n from docs d join numbers n on e5_embed(d.text)[0] > n.n"),
        q(36, 0, "select d.id, n.n from docs d, numbers n where e5_embed(d.text)[0] = n.n"),
        q(
            36,
            0,
            "select d.id, n.n from docs d cross join numbers n where e5_embed(d.text)[0] > n.n"),
        q(36, 0, "select id from docs where e5_embed(text)[0] in (select n from numbers)"),
        q(36, 0, "select id from docs left semi join numbers on e5_embed(text)[0] = n"),
        q(
            72,
            0,
            "select a.id from docs a join docs b on e5_embed(a.text)[1] = e5_embed(b.text, 'passage')[1]"),
        q(36, 0, "select a.id, e5_embed(a.text) from docs a join docs b on a.id = b.id"),
        // Subqueries, CTEs, views, unions, generators, windows.
        q(
            36,
            0,
            "with v as (select id, e5_embed(text) v from docs) select v.id from v where v.v[0] > 3"),
        q(1, 0, "select e5_embed((select max(text) from docs))"),
        q(36, 0, "select (select max(e5_embed(text)[0]) from docs), 1"),
        q(
            36,
            0,
            "select n, (select max(e5_embed(text)[0]) from docs d where d.grp = n) from numbers"),
        q(
            36,
            0,
            "select n from numbers where exists (select 1 from docs where e5_embed(text)[0] > 3 and grp = n)"),
        q(
            72,
            0,
            "select e5_embed(text) from docs union all select e5_embed(text, 'passage') from docs"),
        q(36, 0, "select id, explode(e5_embed(text)) from docs"),
        q(36, 0, "select id, x from docs lateral view explode(e5_embed(text)) t as x"),
        q(
            36,
            0,
            "select id, sum(e5_embed(text)[0]) over (partition by lang order by id) from docs"),
        q(36, 0, "select id, row_number() over (order by e5_embed(text)[1], id) from docs"),
        q(
            5,
            0,
            "select e5_embed(first_value(text) over (order by id desc)) from docs where id % 10 = 9 or id < 40"),
        q(36, 0, "select id, v from docs_with_vectors where v[0] > 3"),
        // Higher-order functions.
        q(36, 0, "select transform(e5_embed(text), x -> x + 1) from docs"),
        q(36, 0, "select e5_embed(transform(array(text), t -> upper(t))) from docs"),
        // Calls beside the file of a row, random numbers and row numbers.
        q(36, 0, "select id, input_file_name(), e5_embed(text) from docs"),
        q(
            36,
            0,
            "select input_file_block_start(), input_file_block_length(), e5_embed(text) from docs"),
        q(36, 0, "select distinct input_file_name() from docs where e5_embed(text)[0] > 9"),
        q(36, 0, "select id, input_file_name(), v from docs_with_vectors where v[0] > 9"),
        q(
            36,
            0,
            "select id, input_file_name(), x from docs lateral view explode(e5_embed(text)) t as x"),
        q(
            76,
            0,
            "select id, input_file_name() from (select id, e5_embed(text) v from docs union all"
                + " select id, e5_embed(title) v from docs) where v[0] > 9"),
        q(
            36,
            0,
            "select id, input_file_name() from docs join values 1, 2, 3 t(k) on grp = k"
                + " where e5_embed(text)[0] > 9"),
        q(
            36,
            0,
            "select /*+ COALESCE(1) */ id, monotonically_increasing_id() m, rand(3) r from docs"
                + " where e5_embed(text)[0] > 9"),
        q(18, 0, "select id from docs where rand(5) < 0.5 or e5_embed(text)[0] > 10"),
        q(
            26,
            0,
            "select case when rand(5) < 0.5 then e5_embed(text) when rand(6) < 0.5 then e5_embed(title) end from docs"),
        q(
            10,
            0,
            "select id, case when input_file_name() like '%part-00001%' then e5_embed(title) end from docs"),
        q(5, 0, "select monotonically_increasing_id() > 0, e5_embed(title)[2] from docs limit 5"),
        q(
            12,
            0,
            "select case when exists(array(lang), x -> x = 'en') then e5_embed(text) end from docs"),
        q(36, 0, "select transform(array(1, 2), x -> x + e5_embed(text)[0]) from docs"),
        q(
            12,
            0,
            "select transform(filter(array(1), x -> lang = 'en'), x -> x + e5_embed(text)[0]) from docs"),
        q(
            36,
            0,
            "select aggregate(array(), 0f, (a, x) -> a, a -> a + e5_embed(text)[0]) from docs"),
        // Calls that are computed once, for the rows that reach them.
        q(
            36,
            0,
            "select id, e5_embed(text) from docs join numbers on grp = n where e5_embed(text)[0] > 9"),
        q(
            36,
            0,
            "select id, e5_embed(text) from docs where e5_embed(text)[0] > 9 order by id limit 5"),
        q(
            36,
            0,
            "select id, e5_embed(text), rank() over (partition by lang order by id) from docs where e5_embed(text)[0] > 9"),
        q(
            36,
            0,
            "select id, e5_embed(text) from (select /*+ REPARTITION(16) */ * from docs) where e5_embed(text)[0] > 9"),
        q(
            0,
            0,
            "select id, n from docs left join numbers on id = n and n > 100 and e5_embed(concat('bad', title))[0] > 2"),
        q(
            0,
            0,
            "select id, n from docs left join numbers on n > 100 and e5_embed(concat('bad', title))[0] > 2"),
        q(
            3,
            0,
            "select id, n from docs left join numbers on id = n and n > 2 and e5_embed(title)[0] > 2"),
        q(
            42,
            0,
            "select id, max_by(n, e5_similarity(e5_embed(text), e5_embed(cast(n as string)))) from docs cross join numbers group by id"),
        // Local rows, with and without conditions.
        q(2, 0, "select e5_embed(c) from values ('a'), ('b') t(c)"),
        q(
            2,
            0,
            "select case when c = 'a' then e5_embed(c) end, e5_embed(c) from values ('a'), ('b'), (null) t(c)"),
        q(2, 0, "select e5_embed(c) from values ('a'), ('a') t(c)"),
        // Local rows in joins, subqueries and unions.
        q(
            3,
            0,
            "select n, e5_embed(c) from values (1, 'a'), (2, 'b'), (3, 'c') t(k, c), numbers where k = n"),
        q(
            2,
            0,
            "select n, v from (select k, e5_embed(c) v from values (1, 'a'), (2, 'b') t(k, c)) join numbers on k = n"),
        q(
            2,
            0,
            "select n from numbers where n in (select e5_embed(c)[0] from values ('a'), ('b') t(c))"),
        q(
            2,
            0,
            "select n from numbers, values ('a'), ('b') t(c) where e5_embed(c)[0] = 1 and e5_embed(c)[2] = n"),
        q(
            38,
            0,
            "select e5_embed(c) from values ('a'), ('b') t(c) union all select e5_embed(text) from docs"),
        q(
            2,
            0,
            "select c, k from values ('a'), ('b') t(c), values (1), (2) u(k) where e5_embed(c)[0] = k"));
  }

  /**
   * Returns queries for Spark 4. Spark 3.5 copies conditions on a join's key to the other side,
   * even through casts, and evaluates {@code rand()} after other conditions.
   */
  static Stream<Query> sinceSpark4() {
    return Stream.of(
        q(
            5,
            0,
            "select d.id from docs d join numbers n on d.id = n.n and e5_embed(concat(d.text, n.n))[0] > 9"),
        q(
            5,
            0,
            "select d.id from docs d join numbers n on e5_embed(concat(d.text, n.n))[0] > 9 where d.id = n.n"),
        q(
            17,
            0,
            "select count(*) from (select id from docs where rand(5) < 0.5 and e5_embed(text)[0] > 0)"),
        q(36, 0, "select id from docs where e5_embed(text)[0] > 10 and rand(5) < 0.5 and grp < 3"),
        q(6, 0, "select id from docs left semi join numbers on id = n and e5_embed(title)[0] > n"),
        q(
            12,
            0,
            "select id, n from docs join numbers on id = n and e5_embed(title)[0] > e5_embed(cast(n as string))[0]"));
  }

  /**
   * Returns queries that cannot be batched. They are evaluated row by row, with the same result.
   */
  static Stream<Query> rowByRow() {
    return Stream.of(
        q(0, 2, "select transform(array('x', 'y'), t -> e5_embed(t)) from docs where id = 1"),
        q(
            0,
            1,
            "select transform(array(1, 2), x -> if(x > 1, e5_embed(text)[0], 0)) from docs where id = 1"),
        q(
            1,
            1,
            "select e5_embed(transform(array(text), t -> concat(t, e5_embed(t)[0]))) from docs where id = 1"),
        q(
            0,
            3,
            "select e5_embed(concat(text, cast(rand(1) as string)))[2] from docs where id in (1, 2, 3)"));
  }

  @BeforeAll
  static void start() {
    spark = RecordedSession.spark();
    model = RecordedSession.MODEL;
    other = RecordedSession.OTHER;
    spark
        .range(40)
        .selectExpr(
            "id",
            "if(id % 10 = 0, null, concat('text ', repeat('x', int(id % 7)), ' ', id)) text",
            "concat('title ', id) title",
            "if(id % 3 = 0, 'en', 'de') lang",
            "id % 4 grp")
        .repartition(4)
        .write()
        .parquet(directory.resolve("docs").toString());
    spark.read().parquet(directory.resolve("docs").toString()).createOrReplaceTempView("docs");
    spark.range(6).selectExpr("float(id) n").write().parquet(directory.resolve("n").toString());
    spark.read().parquet(directory.resolve("n").toString()).createOrReplaceTempView("numbers");
    spark.sql("create temporary view docs_with_vectors as select id, e5_embed(text) v from docs");
  }

  private static List<String> rows(String sql) {
    List<String> rows = new ArrayList<>();
    for (Row row : spark.sql(sql).collectAsList()) {
      rows.add(row.toString());
    }
    return sql.contains("order by id") ? rows : rows.stream().sorted().toList();
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
  @MethodSource("sinceSpark4")
  void answersEqualRowByRowSinceSpark4(Query query) {
    assumeTrue(!spark.version().startsWith("3."), "Skipped: Spark 3.5 plans these otherwise");
    answersEqualRowByRowAndNoTextIsEmbeddedInVain(query);
  }

  @ParameterizedTest
  @MethodSource({"queries", "rowByRow"})
  void answersEqualRowByRowAndNoTextIsEmbeddedInVain(Query query) {
    model.clear();
    other.clear();
    List<String> expected = rowsWithoutBatching(query.sql);
    assertThat(model.batches).isEmpty();
    for (boolean adaptive : List.of(true, false)) {
      spark.conf().set("spark.sql.adaptive.enabled", adaptive);
      model.clear();
      other.clear();
      assertThat(rows(query.sql)).isEqualTo(expected);
      List<Integer> batches = new ArrayList<>(model.batches);
      batches.addAll(other.batches);
      assertThat(model.batchedTexts() + other.batchedTexts())
          .as("texts in batches %s\n%s", batches, plan(query.sql))
          .isEqualTo(query.texts);
      assertThat(batches).allMatch(size -> size <= 24);
      assertThat(model.single.size() + other.single.size())
          .as("one by one: %s", model.single)
          .isLessThanOrEqualTo(query.single);
    }
  }

  private static String plan(String sql) {
    Dataset<Row> query = spark.sql(sql);
    return query.queryExecution().toString();
  }
}
