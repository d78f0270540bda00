package io.e5spark.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Compares metrics with values that were computed by hand from their definitions. */
class TestMetrics {
  private static final Judgements JUDGEMENTS =
      new Judgements(
          new LinkedHashMap<>(
              Map.of(
                  "q", Map.of("a", 3, "b", 1, "c", 0, "n", -1, "lost", 2),
                  "none", Map.of("a", 0),
                  "absent", Map.of("a", 1))));

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }

  private static Evaluation evaluation() {
    Evaluation evaluation = new Evaluation(JUDGEMENTS, Metrics.all(List.of(1, 3, 10)));
    evaluation.add("q", documents("x", 9, "b", 8, "n", 7, "a", 6));
    evaluation.add("none", documents("a", 1));
    evaluation.add("not-judged", documents("a", 1));
    return evaluation;
  }

  private static List<ScoredDocument> documents(Object... documentsAndScores) {
    List<ScoredDocument> documents = new java.util.ArrayList<>();
    for (int i = 0; i < documentsAndScores.length; i += 2) {
      documents.add(
          new ScoredDocument(
              (String) documentsAndScores[i], ((Number) documentsAndScores[i + 1]).doubleValue()));
    }
    return documents;
  }

  @Test
  void valuesFollowFromTheDefinitions() {
    Map<String, Double> q = evaluation().perQuery().get("q");
    double ideal = 3 / log2(2) + 2 / log2(3) + 1 / log2(4);
    assertThat(q.get("NDCG@3")).isCloseTo(1 / log2(3) / ideal, within(1e-12));
    assertThat(q.get("NDCG@10")).isCloseTo((1 / log2(3) + 3 / log2(5)) / ideal, within(1e-12));
    assertThat(q.get("NDCG@1")).isZero();
    assertThat(q.get("MAP@10")).isCloseTo((1 / 2.0 + 2 / 4.0) / 3, within(1e-12));
    assertThat(q.get("Recall@3")).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(q.get("P@10")).isCloseTo(0.2, within(1e-12));
    assertThat(q.get("Success@1")).isZero();
    assertThat(q.get("Success@3")).isOne();
    assertThat(q.get("MRR@3")).isEqualTo(0.5);
    assertThat(q.get("MRR@1")).isZero();
    assertThat(q.get("R_cap@1")).isZero();
    assertThat(q.get("R_cap@10")).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(q.get("Hole@3")).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(q.get("Accuracy@3")).isOne();
    assertThat(q.get("RR")).isEqualTo(0.5);
    assertThat(evaluation().perQuery().get("none").get("NDCG@10")).isZero();
  }

  @Test
  void meansAreOverEvaluatedQueriesButBeirsOwnOverJudgedOnes() {
    Evaluation evaluation = evaluation();
    assertThat(evaluation.evaluated()).isEqualTo(2);
    assertThat(evaluation.unjudged()).isEqualTo(1);
    assertThat(evaluation.means())
        .containsEntry("RR", 0.25)
        .containsEntry("MRR@10", 0.16667)
        .containsEntry("Recall@10", 0.33333);
  }

  @Test
  void roundingIsOfTheExactValueHalvesToEven() {
    assertThat(Evaluation.rounded(0.5 / 32)).isEqualTo(0.01562);
    assertThat(Evaluation.rounded(0.123455)).isEqualTo(0.12345);
    assertThat(Evaluation.rounded(2.0 / 3)).isEqualTo(0.66667);
  }

  @Test
  void tiesGoByConvention() {
    Judgements judgements = new Judgements(Map.of("q", Map.of("z", 1)));
    Evaluation evaluation = new Evaluation(judgements, Metrics.all(List.of(1)));
    // The scores are equal as floats and different as doubles.
    evaluation.add("q", documents("a", 0.90000000001, "z", 0.9));
    assertThat(evaluation.perQuery().get("q"))
        .containsEntry("NDCG@1", 1.0)
        .containsEntry("MRR@1", 0.0);
  }

  @Test
  void scoreThatIsNoNumberIsRefused() {
    assertThatThrownBy(() -> new ScoredDocument("a", Double.NaN))
        .hasMessage("The score of document a is NaN");
  }

  @Test
  void allMetricsStandInTheOrderOfBeirsReports() {
    assertThat(Metrics.all(List.of(3, 10)).stream().map(Metric::label))
        .startsWith("NDCG@3", "NDCG@10", "MAP@3", "MAP@10", "Recall@3")
        .endsWith("Accuracy@10", "RR")
        .hasSize(19)
        .doesNotHaveDuplicates();
    assertThat(Metrics.all()).hasSize(9 * 6 + 1);
  }
}
