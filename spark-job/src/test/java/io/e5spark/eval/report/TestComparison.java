package io.e5spark.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.eval.PerQuery;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TestComparison {
  private static PerQuery perQuery(double... values) {
    Map<String, Map<String, Double>> byQuery = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      byQuery.put("q" + i, Map.of("NDCG@10", values[i]));
    }
    return new PerQuery(byQuery);
  }

  @Test
  void differenceIsOfMeansWithStudentsPairedTest() {
    Comparison comparison = Comparison.of(perQuery(0.1, 0.2, 0.3), perQuery(0.2, 0.4, 0.3));
    assertThat(comparison.queries()).isEqualTo(3);
    Comparison.Difference one = comparison.metrics().get("NDCG@10");
    assertThat(one.before()).isCloseTo(0.2, Offset.offset(1e-12));
    assertThat(one.after()).isCloseTo(0.3, Offset.offset(1e-12));
    assertThat(one.difference()).isCloseTo(0.1, Offset.offset(1e-12));
    // The values give t = 0.1 / (0.1 / sqrt(3)) with 2 degrees of freedom.
    assertThat(one.p()).isCloseTo(0.2254033, Offset.offset(1e-6));
  }

  @Test
  void equalEvaluationsDifferInNothing() {
    Comparison comparison = Comparison.of(perQuery(0.1, 0.2), perQuery(0.1, 0.2));
    assertThat(comparison.metrics().get("NDCG@10").p()).isOne();
    assertThat(comparison.moved()).isEmpty();
    assertThat(comparison.summary())
        .contains("+0.00000")
        .doesNotContain("Moved")
        .doesNotContain(" *\n");
  }

  @Test
  void queriesThatMovedMostComeFirst() {
    Comparison comparison = Comparison.of(perQuery(0.1, 0.9, 0.5, 0), perQuery(0.2, 0.1, 0.5, 1));
    assertThat(comparison.moved())
        .extracting(Comparison.Moved::query)
        .containsExactly("q3", "q1", "q0");
    assertThat(comparison.summary()).contains("4 queries in both", "Moved    q1: 0.9000 to 0.1000");
  }

  @Test
  void onlyCommonQueriesCount() {
    Comparison comparison = Comparison.of(perQuery(0, 1, 1, 1), perQuery(1, 1));
    assertThat(comparison.queries()).isEqualTo(2);
    assertThatThrownBy(() -> Comparison.of(perQuery(0, 1), perQuery(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot compare evaluations that have 1 query in common (must be at least 2)");
  }
}
