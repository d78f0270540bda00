package io.e5spark.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.config.InputType;
import io.e5spark.metric.Judgements;
import io.e5spark.table.VectorType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestEvaluationRequest {
  private static EvaluationRequest request(InputType type) {
    return new EvaluationRequest(
        "test", Optional.ofNullable(type), VectorType.FLOAT, 10, false, List.of(10), 0, null);
  }

  @Test
  void onlyQuorasDocumentsAreQueries() {
    assertThat(request(null).documentType("scifact")).isEqualTo(InputType.PASSAGE);
    assertThat(request(null).documentType("Quora")).isEqualTo(InputType.QUERY);
    assertThat(request(null).documentType("QuoraRetrieval")).isEqualTo(InputType.QUERY);
  }

  @Test
  void whatIsAskedForHolds() {
    assertThat(request(InputType.PASSAGE).documentType("quora")).isEqualTo(InputType.PASSAGE);
    assertThat(request(InputType.QUERY).documentType("scifact")).isEqualTo(InputType.QUERY);
  }

  @Test
  void titlesAreLeftOutForQuora() {
    assertThat(EvaluationRequest.isQuora("QUORA")).isTrue();
    assertThat(EvaluationRequest.isQuora("my-quora")).isFalse();
  }

  @Test
  void firstQueriesAreThoseOfTheJudgements() {
    EvaluationRequest two =
        new EvaluationRequest(
            "test", Optional.empty(), VectorType.FLOAT, 10, false, List.of(10), 2, null);
    Map<String, Map<String, Integer>> judged = new LinkedHashMap<>();
    List.of("c", "a", "b").forEach(query -> judged.put(query, Map.of("x", 1)));
    assertThat(two.limited(new Judgements(judged)).byQuery().keySet()).containsExactly("c", "a");
    assertThat(request(null).limited(new Judgements(judged)).byQuery()).hasSize(3);
    assertThat(two.ofFirst()).isNotEqualTo(request(null).ofFirst());
  }
}
