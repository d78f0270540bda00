package io.e5spark.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TestJudgements {
  private final Judgements judgements =
      new Judgements(new LinkedHashMap<>(Map.of("q", Map.of("a", 2, "b", 0), "r", Map.of("b", 1))));

  @Test
  void documentsAreThoseOfAllQueries() {
    assertThat(judgements.documents()).containsExactlyInAnyOrder("a", "b");
    assertThat(judgements.size()).isEqualTo(3);
  }

  @Test
  void queryWithoutJudgementsHasNone() {
    assertThat(judgements.of("r")).containsExactlyEntriesOf(Map.of("b", 1));
    assertThat(judgements.of("s")).isEmpty();
  }

  @Test
  void someQueriesCanBeKept() {
    Judgements some = judgements.ofQueries(Set.of("r", "unknown"));
    assertThat(some.byQuery()).containsOnlyKeys("r");
    assertThat(judgements.byQuery()).hasSize(2);
  }
}
