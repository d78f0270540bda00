package io.e5spark.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.config.InputType;
import io.e5spark.config.Settings;
import io.e5spark.model.Prompts;
import io.e5spark.search.SearchCall.Probes;
import io.e5spark.table.VectorProperties;
import io.e5spark.table.VectorType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestSearchCall {
  private static SearchCall call(String vectorColumn, String... ids) {
    VectorProperties properties =
        new VectorProperties(
            "m", "f", 2, InputType.PASSAGE, vectorColumn, VectorType.FLOAT, Prompts.E5, Map.of());
    Settings settings = Settings.read(Map.of("model", "it's mine"));
    return new SearchCall("`vectors`", properties, List.of(ids), settings, null);
  }

  @Test
  void vectorsAndIdsAloneAreSearched() {
    assertThat(call("embedding", "id", "part").sql(5))
        .startsWith("SELECT score AS __e5_score, `id` AS `id`, `part` AS `part` FROM e5_search(")
        .contains(
            "TABLE(SELECT `embedding`, `id` AS `id`, `part` AS `part` FROM `vectors`), :query, 5, map(");
  }

  @Test
  void idThatHasTheNameOfAResultGoesInByAnother() {
    assertThat(call("embedding", "Rank").sql(5))
        .contains("`__e5_Rank` AS `Rank` FROM", "`Rank` AS `__e5_Rank` FROM");
  }

  @Test
  void equalScoresAreOrderedByAllIds() {
    assertThat(call("embedding", "shard", "a.b").sql(5))
        .endsWith(" ORDER BY __e5_score DESC, `shard`, `a.b`");
  }

  @Test
  void probesNeedTheColumnOfTheLists() {
    SearchCall all = call("embedding", "id");
    SearchCall call =
        new SearchCall(
            all.table(), all.properties(), all.ids(), all.settings(), new Probes("list", 8));
    assertThat(call.sql(5)).contains("TABLE(SELECT `embedding`, `list`, `id` AS `id` FROM");
    assertThat(call.parameters("x")).containsEntry("probes", "8");
    assertThat(all.sql(5)).doesNotContain("list", "probes");
  }

  @Test
  void textsTravelAsParametersAndNeverAsSql() {
    SearchCall call = call("embedding", "id");
    assertThat(call.parameters("'; drop table docs"))
        .containsEntry("query", "'; drop table docs")
        .containsEntry("model", "it's mine")
        .containsEntry("vector_column", "embedding");
    assertThat(call.sql(5)).doesNotContain("it's mine").contains("'model', :model");
    assertThat(call.parameters("x").keySet())
        .allSatisfy(name -> assertThat(call.sql(5)).contains(":" + name));
  }
}
