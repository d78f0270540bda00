package io.e5spark.mteb.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestSummaryScores {
  private static SummaryScores.Text text(double... judgements) {
    double[] rising = {0.1, 0.2, 0.3, 0.4};
    return new SummaryScores.Text(rising, rising, judgements);
  }

  @Test
  void meanIsOverTextsWhoseJudgementsDiffer() {
    assertThat(
            SummaryScores.correlations(
                List.of(text(1, 2, 3, 4), text(4, 3, 2, 1), text(2, 2, 2, 2))))
        .hasEntrySatisfying(
            "cosine_spearman", value -> assertThat(value).isEqualTo(0, within(1e-12)));
  }

  @Test
  void pValuesAreAveragedInWherePublishedSo() {
    // A correlation of 1 has the p-value 0.
    assertThat(SummaryScores.withPValues(List.of(text(1, 2, 3, 4))))
        .hasEntrySatisfying("dot_pearson", value -> assertThat(value).isEqualTo(0.5, within(1e-6)));
  }

  @Test
  void nearestHumanSummaryCounts() {
    SummaryScores.Text text =
        SummaryScores.Text.of(
            new float[][] {{1, 0}, {0, 1}}, new float[][] {{0, 3}, {1, 1}}, new double[] {5, 1});
    assertThat(text.cosines()[0]).isEqualTo(1);
    assertThat(text.cosines()[1]).isEqualTo(Math.sqrt(0.5), within(1e-12));
    assertThat(text.products()).containsExactly(3, 1);
  }
}
