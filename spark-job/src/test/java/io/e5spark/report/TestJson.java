package io.e5spark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.e5spark.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestJson {
  private record Wrapped(String modelName, Settings settings) {}

  @Test
  void settingsAreOneLevelOfKeys() throws Exception {
    Settings settings = Settings.read(Map.of("max-tokens", "77", "on-error", "null"));
    JsonNode json = new ObjectMapper().readTree(Json.of(new Wrapped("m", settings)));
    assertThat(json.get("model_name").asText()).isEqualTo("m");
    List<String> keys = new ArrayList<>();
    json.get("settings").fieldNames().forEachRemaining(keys::add);
    assertThat(keys)
        .containsExactlyInAnyOrderElementsOf(
            settings.byKey().keySet().stream().map(key -> key.replace('-', '_')).toList());
    assertThat(json.at("/settings/max_tokens").asInt()).isEqualTo(77);
    assertThat(json.at("/settings/on_error").asText()).isEqualTo("NULL");
  }

  @Test
  void valuesInScriptsCannotEndThem() {
    assertThat(Json.inScript(Map.of("text", "</script>"))).doesNotContain("</script>");
  }

  @Test
  void metricsAreReadInTwoLevels() {
    assertThat(Json.numbers("{\"q1\": {\"NDCG@10\": 0.5}}"))
        .isEqualTo(Map.of("q1", Map.of("NDCG@10", 0.5)));
    assertThatThrownBy(() -> Json.numbers("nothing"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot read metrics: ");
  }
}
