package io.e5spark.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TestPerQuery {
  private final PerQuery perQuery = new PerQuery(Map.of("q", Map.of("RR", 0.5)));

  @Test
  void whatWasNotComputedIsZero() {
    assertThat(perQuery.value("q", "RR")).isEqualTo(0.5);
    assertThat(perQuery.value("q", "P@1")).isZero();
    assertThat(perQuery.value("r", "RR")).isZero();
  }

  @Test
  void labelsAreThoseOfTheQuery() {
    assertThat(perQuery.queries()).containsExactly("q");
    assertThat(perQuery.labels("q")).containsExactly("RR");
    assertThat(perQuery.labels("r")).isEmpty();
  }
}
