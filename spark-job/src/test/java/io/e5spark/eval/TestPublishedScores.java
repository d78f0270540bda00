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
  void allE5ModelsAreKnown() {
    for (String size : new String[] {"small", "base", "large"}) {
      for (String name : new String[] {"e5-%s", "e5-%s-v2", "e5-%s-unsupervised"}) {
        assertThat(PublishedScores.find(name.formatted(size), "nfcorpus", "test")).isNotNull();
      }
    }
    assertThat(PublishedScores.find("multilingual-e5-small", "nfcorpus", "test")).isEqualTo(0.3101);
    assertThat(PublishedScores.find("multilingual-e5-base", "nfcorpus", "test")).isEqualTo(0.3246);
    assertThat(PublishedScores.find("multilingual-e5-large", "nfcorpus", "test")).isEqualTo(0.3399);
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
