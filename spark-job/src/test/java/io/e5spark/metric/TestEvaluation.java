package io.e5spark.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestEvaluation {
  private final Judgements judgements =
      new Judgements(
          new LinkedHashMap<>(Map.of("q", Map.of("a", 1), "r", Map.of("b", 1), "s", Map.of())));

  private static List<ScoredDocument> found(String... documents) {
    return java.util.stream.IntStream.range(0, documents.length)
        .mapToObj(i -> new ScoredDocument(documents[i], -i))
        .toList();
  }

  @Test
  void meansAreOverTheQueriesThatTheConventionCounts() {
    Evaluation evaluation =
        new Evaluation(judgements, List.of(new ReciprocalRank(), new MeanReciprocalRank(10)));
    evaluation.add("q", found("x", "a"));
    evaluation.add("r", found("b"));
    assertThat(evaluation.means()).containsEntry("RR", 0.75).containsEntry("MRR@10", 0.5);
    assertThat(evaluation.evaluated()).isEqualTo(2);
  }

  @Test
  void queriesWithoutJudgementsAreCountedAndLeftOut() {
    Evaluation evaluation = new Evaluation(judgements, List.of(new Ndcg(10)));
    evaluation.add("unknown", found("a"));
    assertThat(evaluation.unjudged()).isEqualTo(1);
    assertThat(evaluation.perQuery()).isEmpty();
    assertThat(evaluation.means()).containsEntry("NDCG@10", 0.0);
  }

  @Test
  void metricsOfEachQueryAreInFull() {
    Evaluation evaluation = new Evaluation(judgements, List.of(new Precision(3)));
    evaluation.add("q", found("a"));
    assertThat(evaluation.perQuery().get("q").get("P@3")).isEqualTo(1.0 / 3);
    assertThat(evaluation.means()).containsEntry("P@3", 0.33333);
  }

  @Test
  void halvesAreRoundedToEven() {
    assertThat(Evaluation.rounded(0.000005)).isEqualTo(0.00001);
    assertThat(Evaluation.rounded(1.0 / 64)).isEqualTo(0.01562);
    assertThat(Evaluation.rounded(3.0 / 64)).isEqualTo(0.04688);
  }
}
