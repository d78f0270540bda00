package io.e5spark.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

/** What happens to rows on the driver; queries are tested with the command. */
class TestTableSearch {
  @Test
  void scoreStandsBeforeTheIds() {
    Column score = functions.col("score").desc();
    assertThat(TableSearch.columns(List.of("shard", "id"), score))
        .containsExactly(score, functions.col("shard"), functions.col("id"));
    assertThat(TableSearch.columns(List.of(), score)).containsExactly(score);
  }

  @Test
  void idWithADotIsOneColumn() {
    Column score = functions.col("score");
    assertThat(TableSearch.columns(List.of("a.b"), score)[1]).isEqualTo(functions.col("`a.b`"));
  }
}
