package io.e5spark.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.metric.Metrics;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestMinimum {
  private static List<Minimum> all(String name, double value) {
    return Minimum.all(Map.of(name, value), Metrics.all(List.of(10)));
  }

  @Test
  void namesAreFoundInAnyCase() {
    assertThat(all("ndcg@10", 0.3)).containsExactly(new Minimum("NDCG@10", 0.3));
    assertThat(all("rr", 0.3)).containsExactly(new Minimum("RR", 0.3));
  }

  @Test
  void unknownMetricIsNamedWithThoseThereAre() {
    assertThatThrownBy(() -> all("ndcg@5", 0.3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Invalid min: ndcg@5 (must be one of NDCG@10, MAP@10, ");
  }

  @Test
  void meanMustReachIt() {
    Minimum minimum = new Minimum("RR", 0.5);
    assertThat(minimum.isMissed(Map.of("RR", 0.5))).isFalse();
    assertThat(minimum.isMissed(Map.of("RR", 0.49999))).isTrue();
    assertThat(minimum.isMissed(Map.of())).isTrue();
    assertThat(minimum.isMissed(Map.of("RR", Double.NaN))).isTrue();
    assertThat(minimum.message(Map.of("RR", 0.25)))
        .isEqualTo("RR is 0.25, below the minimum of 0.5");
  }
}
