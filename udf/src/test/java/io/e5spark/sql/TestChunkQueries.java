package io.e5spark.sql;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.chunk.Chunking;
import io.e5spark.config.InputType;
import io.e5spark.config.Settings;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests {@code e5_chunks} in queries, with the built-in model. */
class TestChunkQueries {
  private static final String TEXT = "Rain fell on the hills 😀 all night, and the river rose. ";
  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark = RecordedSession.spark().newSession();
    spark.conf().set("spark.e5.model", "e5-small-v2");
    spark
        .sql(
            "select * from values (1, 'Weather', repeat('%s', 40)), (2, null, 'Short.'), (3, 'x', ''), (4, 'x', null)"
                .formatted(TEXT))
        .toDF("id", "title", "text")
        .createOrReplaceTempView("documents");
  }

  private static List<Row> rows(String sql) {
    return spark.sql(sql).collectAsList();
  }

  @Test
  void chunksArePartsOfTheTextWithinTheBudget() {
    List<Row> rows =
        rows(
            "select chunk.position, chunk.text = substring(text, chunk.start + 1, chunk.end - chunk.start),"
                + " chunk.tokens = e5_tokens(chunk.text, 'passage'), chunk.tokens, size(e5_embed(chunk.text, 'passage'))"
                + " from (select text, explode(e5_chunks(text, 64, 16)) chunk from documents where id = 1)"
                + " order by 1");
    assertThat(rows).hasSizeGreaterThan(8);
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      assertThat(row.getInt(0)).isEqualTo(i);
      assertThat(row.getBoolean(1)).isTrue();
      assertThat(row.getBoolean(2)).isTrue();
      assertThat(row.getInt(3)).isBetween(33, 64);
      assertThat(row.getInt(4)).isEqualTo(384);
    }
  }

  @Test
  void emptyTextHasNoChunksAndNullHasNull() {
    assertThat(
            rows("select id, e5_chunks(text) from documents where id > 1 order by id").toString())
        .isEqualTo("[[2,ArraySeq([0,0,6,6,Short.])], [3,ArraySeq()], [4,null]]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "e5_chunks(text, title => title)",
        "e5_chunks(text, 256, 32, null, title)",
        "e5_chunks(text => text, title => title, model => 'e5-small-v2', settings => map('max-tokens', '400'))",
        "e5.fn.chunks(text, 256, 32, null, title)"
      })
  void titleIsGivenByNameOrByPosition(String call) {
    spark.conf().set("spark.sql.catalog.e5", E5FunctionCatalog.class.getName());
    List<Row> rows =
        rows(
            "select id, explode(%s) chunk from documents where id < 3 order by id, chunk.position"
                .formatted(call));
    assertThat(rows).hasSizeGreaterThan(3);
    for (Row row : rows) {
      Row chunk = row.getStruct(1);
      String text = chunk.getAs("text");
      assertThat(text).startsWith(row.getInt(0) == 1 ? "Weather " : "Short.");
      assertThat(chunk.<Integer>getAs("tokens")).isLessThanOrEqualTo(256);
    }
  }

  @Test
  void columnsGiveTheSame() {
    Settings settings = Settings.read(Map.of());
    List<Row> expected = rows("select e5_chunks(text, 64, 8) from documents order by id");
    assertThat(
            spark
                .table("documents")
                .orderBy("id")
                .select(E5Functions.chunks(col("text"), new Chunking(64, 8)))
                .collectAsList())
        .isEqualTo(expected);
    assertThat(
            spark
                .table("documents")
                .orderBy("id")
                .select(
                    E5Functions.chunks(
                        col("text"), new Chunking(64, 8), lit(null), InputType.PASSAGE, settings))
                .collectAsList())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "e5_chunks(text, 600) | Invalid chunk-tokens: 600 (must be from 32 to 512)",
        "e5_chunks(text, 3000000000) | Invalid argument of e5_chunks: tokens => 3000000000 (must be at most 512)",
        "e5_chunks(text, settings => map('max-tokens', '16')) | Invalid max-tokens: 16 (must be at least 32 for chunks)",
        "e5_chunks(text, 64, 40) | Invalid chunk-overlap: 40 (must be from 0 to 32)",
        "e5_chunks(text, 200, 0, settings => map('max-tokens', '128')) | Invalid chunk-tokens: 200 (must be from 32 to 128)",
        "e5_chunks(id) | e5_chunks needs a string, got INT",
        "e5_chunks(text, id) | e5_chunks needs a whole number as tokens, got"
      })
  void wrongCallIsOneLine(String call, String message) {
    assertThatThrownBy(() -> rows("select %s from documents".formatted(call)))
        .hasMessageContaining(message);
  }
}
