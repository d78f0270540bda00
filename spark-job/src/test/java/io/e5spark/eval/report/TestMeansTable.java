package io.e5spark.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestMeansTable {
  @Test
  void familiesAreLinesAndCutoffsColumns() {
    Map<String, Double> means = new LinkedHashMap<>();
    means.put("NDCG@1", 0.5);
    means.put("NDCG@10", 0.123456);
    means.put("P@10", 1.0);
    means.put("RR", 0.25);
    assertThat(MeansTable.of(means))
        .isEqualTo(
            """
            @                1       10      all
            NDCG       0.50000  0.12346
            P                   1.00000
            RR                           0.25000""");
  }
}
