package io.e5spark.mteb.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestRerankingScores {
  private static RerankingScores.Candidates candidates(double[] scores, boolean... relevant) {
    return new RerankingScores.Candidates(scores, relevant);
  }

  @Test
  void meansAreOverTheQueriesThatCount() {
    RerankingScores found =
        RerankingScores.of(
            List.of(
                candidates(new double[] {0.2, 0.9}, true, false),
                candidates(new double[] {0.9, 0.2}, true, false),
                candidates(new double[] {0.9, 0.2}, true, true),
                candidates(new double[] {0.9, 0.2}, false, false)));
    assertThat(found.queries()).isEqualTo(2);
    assertThat(found.map()).isEqualTo(0.75, within(1e-15));
    assertThat(found.mrr()).isEqualTo(0.75, within(1e-15));
  }

  @Test
  void nearestVectorOfAQueryCounts() {
    float[][] query = {{1, 0}, {0, 1}};
    assertThat(RerankingScores.score(query, new float[] {0, 5})).isEqualTo(1);
  }

  @Test
  void tiesGoByFallingIdInTheNewRules() {
    RankedCandidates tie =
        new RankedCandidates(List.of("a", "b"), new int[] {1, 0}, new double[] {0.5, 0.5});
    assertThat(tie.metrics()).containsEntry("map_at_1000", 0.5).containsEntry("mrr_at_10", 0.5);
  }
}
