package io.e5spark.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestHeadlineMetric {
  private static String of(String... labels) {
    Map<String, Double> means = new LinkedHashMap<>();
    List.of(labels).forEach(label -> means.put(label, 0.5));
    return HeadlineMetric.of(means);
  }

  @Test
  void isTheUsualOneWhereItIs() {
    assertThat(of("NDCG@1", "NDCG@10", "NDCG@100", "RR")).isEqualTo("NDCG@10");
  }

  @Test
  void isTheDeepestOtherwise() {
    assertThat(of("MAP@5", "NDCG@1", "NDCG@5", "RR")).isEqualTo("NDCG@5");
    assertThat(of("RR", "P@1")).isEqualTo("RR");
  }
}
