package io.e5spark.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.config.InputType;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestStatedVectors {
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "e5.model", "m",
          "e5.fingerprint", "f",
          "e5.dimension", "3",
          "e5.input-type", "query",
          "e5.vector-column", "v",
          "e5.query-prompt", "q: ",
          "e5.passage-prompt", "p: ",
          "e5.task", "find",
          "e5.id-columns", "shard,id",
          "other", "x");

  @Test
  void propertiesSayWhatVectorsAre() {
    StatedVectors stated = StatedVectors.of(PROPERTIES).orElseThrow();
    assertThat(stated.model()).isEqualTo("m");
    assertThat(stated.dimension()).isEqualTo(3);
    assertThat(stated.inputType()).isEqualTo(InputType.QUERY);
    assertThat(stated.prompts()).isEqualTo(new Prompts("q: ", "p: "));
    assertThat(stated.task()).isEqualTo("find");
    assertThat(stated.settings()).containsOnlyKeys("task");
    assertThat(stated.idColumns()).containsExactly("shard", "id");
  }

  @Test
  void tableOfOthersSaysNothing() {
    for (String missing : new String[] {"e5.model", "e5.fingerprint", "e5.vector-column"}) {
      Map<String, String> fewer = new HashMap<>(PROPERTIES);
      fewer.remove(missing);
      assertThat(StatedVectors.of(fewer)).as(missing).isEmpty();
    }
  }

  @Test
  void olderTablesHadThePromptsOfE5() {
    Map<String, String> older = new HashMap<>(PROPERTIES);
    older.keySet().removeIf(key -> key.endsWith("prompt") || key.equals("e5.id-columns"));
    assertThat(StatedVectors.of(older).orElseThrow().prompts()).isEqualTo(Prompts.E5);
    assertThat(StatedVectors.of(older).orElseThrow().idColumns()).isEmpty();
    older.put("e5.prefix", "false");
    assertThat(StatedVectors.of(older).orElseThrow().prompts()).isEqualTo(Prompts.NONE);
  }
}
