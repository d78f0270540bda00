package io.e5spark.sql.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.config.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestQueryVector {
  @Test
  void givenVectorIsItsComponents() {
    QueryVector given = new QueryVector.Given(List.of(1f, -2f, 0.5f));
    assertThat(given.components()).containsExactly(1f, -2f, 0.5f);
    assertThat(given.dimension()).isEqualTo(3);
  }

  @Test
  void textSaysItsDimensionBeforeItIsEmbedded() {
    Settings none = Settings.read(Map.of("model", "no-such-model"));
    QueryVector text = new QueryVector.Text("rain", none, 384);
    assertThat(text.dimension()).isEqualTo(384);
    assertThat(text).isEqualTo(new QueryVector.Text("rain", none, 384));
  }
}
