package io.e5spark.mteb.folder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestPublished {
  private static Published of(String rules, String model, String task, String type) {
    return Published.of(rules, model, task, type).orElseThrow();
  }

  @Test
  void scoresOfCardsHaveTheIntervalOfTheirType() {
    Published known = new Published(82.40, 0.05);
    assertThat(of("cards", "e5-small-v2", "STS13", "STS")).isEqualTo(known);
    assertThat(of("cards", "intfloat/e5-small-v2", "STS13", "STS")).isEqualTo(known);
    assertThat(Published.of("cards", "my-own", "STS13", "STS")).isEmpty();
    assertThat(Published.of("mteb2", "e5-small-v2", "STS13", "STS")).isEmpty();
  }

  @Test
  void someTasksHaveAnIntervalOfTheirOwn() {
    String type = "PairClassification";
    assertThat(of("cards", "e5-base-v2", "SprintDuplicateQuestions", type).interval())
        .isEqualTo(0.4);
    assertThat(of("mteb2", "e5-small-v2", "SIB200ClusteringS2S", "Clustering"))
        .isEqualTo(new Published(38.21, 2));
  }

  @Test
  void intervalReachesToBothSides() {
    Published published = new Published(50, 0.25);
    assertThat(published.holds(50.25)).isTrue();
    assertThat(published.holds(49.75)).isTrue();
    assertThat(published.holds(50.26)).isFalse();
    assertThat(published.holds(49.74)).isFalse();
    assertThat(published.holds(Double.NaN)).isFalse();
  }
}
