package io.e5spark.job.script;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestSqlBlocks {
  @ParameterizedTest
  @CsvSource({
    "SELECT BEGIN, false",
    "BEGIN, true",
    "L : BEGIN, true",
    "BEGIN END, false",
    "BEGIN SELECT END, true",
    "BEGIN SELECT CASE X END, true",
    "BEGIN SELECT CASE X END ; END, false",
    "BEGIN IF X THEN Y ; END ; END, true",
    "BEGIN IF X THEN Y ; END IF ; END, false",
    "BEGIN LOOP X ; END LOOP L ; END L, false",
    "BEGIN WHILE X DO BEGIN Y ; END ; END WHILE ;, true",
    "IF X THEN Y ; CASE, false"
  })
  void openBlocksAreCounted(String tokens, boolean areOpen) {
    SqlBlocks blocks = new SqlBlocks();
    for (String token : tokens.split(" ", -1)) {
      blocks.add(token);
    }
    assertThat(blocks.areOpen()).isEqualTo(areOpen);
  }
}
