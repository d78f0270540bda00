package io.e5spark.eval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestPublishedScores {
  @Test
  void namesMatchWithoutCaseAndPunctuation() {
    Double scifact = PublishedScores.find("e5-base-v2", "scifact", "test");
    assertThat(scifact).isBetween(0.5, 0.9);
    assertThat(PublishedScores.find("/models/E5-Base-V2", "SciFact", "test")).isEqualTo(scifact);
    assertThat(PublishedScores.find("e5-base-v2", "webis-touche2020", "test"))
        .isNotNull()
        .isEqualTo(PublishedScores.find("e5-base-v2", "Touche2020", "test"));
  }

  @Test
  void onlyTheUsualSplitWasPublished() {
    assertThat(PublishedScores.find("e5-base-v2", "scifact", "dev")).isNull();
    assertThat(PublishedScores.find("e5-base-v2", "msmarco", "dev")).isNotNull();
    assertThat(PublishedScores.find("e5-base-v2", "msmarco", "test")).isNull();
  }

  @Test
  void othersAreUnknown() {
    assertThat(PublishedScores.find("my-model", "scifact", "test")).isNull();
    assertThat(PublishedScores.find("e5-base-v2", "my-dataset", "test")).isNull();
  }
}
