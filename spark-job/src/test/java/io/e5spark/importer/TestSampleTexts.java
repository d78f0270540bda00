package io.e5spark.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestSampleTexts {
  @Test
  void everyTextHasItsPrefix() {
    List<String> texts = SampleTexts.read();
    assertThat(texts)
        .allMatch(text -> text.startsWith("passage: ") || text.startsWith("query: "))
        .anyMatch(text -> text.startsWith("passage: "))
        .anyMatch(text -> text.startsWith("query: "))
        .doesNotHaveDuplicates();
  }

  @Test
  void bothHalvesHaveEnoughToMeasureALoss() {
    assertThat(SampleTexts.read()).hasSizeGreaterThan(20);
  }
}
