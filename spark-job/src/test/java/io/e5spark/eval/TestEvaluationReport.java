package io.e5spark.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TestEvaluationReport {
  @Test
  void summaryIsThreeLines() {
    assertThat(SampleEvaluation.report(Map.of()).summary())
        .isEqualTo(
            """
            Dataset  data, split test: 300 queries, 5,183 documents, 339 judgements
            Model    a-model, documents as passage
            Seconds  documents 12.3, queries 1.5, search 0.3""");
  }

  @Test
  void publishedScoreIsOneMore() {
    assertThat(SampleEvaluation.report(Map.of(), 0.71851).summary())
        .endsWith("\nPublished nDCG@10 of this model: 0.7185");
  }
}
