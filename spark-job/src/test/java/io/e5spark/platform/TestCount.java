package io.e5spark.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestCount {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0       | row          | 0 rows",
        "1       | row          | 1 row",
        "2       | row          | 2 rows",
        "1234567 | row          | 1,234,567 rows",
        "1       | judged query | 1 judged query",
        "3       | judged query | 3 judged queries",
        "2       | key          | 2 keys",
        "2       | batch        | 2 batches",
        "2       | directory    | 2 directories",
      })
  void countsThingsInWords(long number, String noun, String words) {
    assertThat(Count.of(number, noun)).isEqualTo(words);
  }
}
