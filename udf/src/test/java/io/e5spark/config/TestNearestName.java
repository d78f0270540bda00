package io.e5spark.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestNearestName {
  private static final List<String> NAMES =
      List.of("model", "model-home", "max-tokens", "max-batch-tokens", "deduplicate");

  @ParameterizedTest
  @CsvSource({
    "model,            model",
    "modle,            model",
    "max-token,        max-tokens",
    "maxtokens,        max-tokens",
    "mox-tokenz,       max-tokens",
    "max-batch-token,  max-batch-tokens",
    "dedup,            ''",
    "deduplication,    deduplicate",
    "colour,           ''",
  })
  void nearestNameIsTheOneMeant(String mistyped, String meant) {
    assertThat(NearestName.of(mistyped, NAMES).orElse("")).isEqualTo(meant);
  }

  @Test
  void shortNamesMayDifferInTwoCharacters() {
    assertThat(NearestName.of("xyc", List.of("abc"))).contains("abc");
    assertThat(NearestName.of("xyz", List.of("abc"))).isEmpty();
  }

  @Test
  void longNamesMayDifferInAThirdOfTheirCharacters() {
    assertThat(NearestName.of("abcdefwxyz", List.of("abcdefghij"))).isEmpty();
    assertThat(NearestName.of("abcdefgxyz", List.of("abcdefghij"))).contains("abcdefghij");
  }

  @Test
  void firstOfEquallyNearNamesIsTaken() {
    assertThat(NearestName.of("cat", List.of("bat", "hat"))).contains("bat");
    assertThat(NearestName.of("cat", List.of("hat", "bat"))).contains("hat");
  }

  @Test
  void emptyTextIsNearToNoLongName() {
    assertThat(NearestName.of("", NAMES)).isEmpty();
    assertThat(NearestName.of("", List.of("k"))).contains("k");
  }

  @Test
  void noNamesHaveNoNearest() {
    assertThat(NearestName.of("model", List.of())).isEmpty();
  }
}
