package io.e5spark.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestMetric {
  @Test
  void allMetricsStandInTheOrderOfBeirsReports() {
    assertThat(Metric.all(List.of(3, 10)).stream().map(Metric::label))
        .startsWith("NDCG@3", "NDCG@10", "MAP@3", "MAP@10", "Recall@3")
        .endsWith("Accuracy@10", "RR")
        .hasSize(19)
        .doesNotHaveDuplicates();
    assertThat(Metric.all()).hasSize(9 * 6 + 1);
  }
}
