package io.e5spark.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.eval.SampleEvaluation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestReportCharts {
  private static ReportCharts charts(Map<String, Map<String, Double>> values) {
    Map<String, Double> means = new LinkedHashMap<>();
    means.put("Recall@1", 0.1);
    means.put("NDCG@10", 0.4);
    means.put("Recall@10", 0.2);
    return new ReportCharts(
        SampleEvaluation.result(SampleEvaluation.report(means), Map.of(), values, Map.of()),
        "NDCG@10");
  }

  @Test
  void binsHoldEveryQueryOnceAndOneIsInTheLast() {
    Map<String, Map<String, Double>> values = new LinkedHashMap<>();
    double[] metrics = {0, 0.049, 0.05, 0.5, 0.999, 1};
    for (int i = 0; i < metrics.length; i++) {
      values.put("q" + i, Map.of("NDCG@10", metrics[i]));
    }
    ReportCharts.Series bins = charts(values).histogram();
    assertThat(bins.labels()).hasSize(20).startsWith("0.00", "0.05").endsWith("0.95");
    assertThat(bins.values()).hasSize(20).startsWith(2.0, 1.0).endsWith(2.0);
    assertThat(bins.values().get(10)).isEqualTo(1);
    assertThat(bins.values().stream().mapToDouble(one -> one).sum()).isEqualTo(6);
  }

  @Test
  void recallIsByCutoff() {
    assertThat(charts(Map.of()).recall())
        .isEqualTo(new ReportCharts.Series(List.of("1", "10"), List.of(0.1, 0.2)));
  }
}
