package io.e5spark.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.Character.UnicodeScript;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

  @ParameterizedTest
  @EnumSource(
      names = {
        "LATIN",
        "CYRILLIC",
        "GREEK",
        "ARABIC",
        "HEBREW",
        "DEVANAGARI",
        "BENGALI",
        "TAMIL",
        "THAI",
        "HAN",
        "HIRAGANA",
        "HANGUL"
      })
  void eachHalfHasTextsOfManyScripts(UnicodeScript script) {
    List<String> texts = SampleTexts.read();
    assertThat(
            IntStream.range(0, texts.size()).filter(i -> has(texts.get(i), script)).map(i -> i % 2))
        .contains(0, 1);
  }

  private static boolean has(String text, UnicodeScript script) {
    return text.codePoints().anyMatch(character -> UnicodeScript.of(character) == script);
  }

  @Test
  void bothHalvesHaveEnoughToMeasureALoss() {
    assertThat(SampleTexts.read()).hasSizeGreaterThan(20);
  }
}
