package io.e5spark.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.eval.EvaluationResult;
import io.e5spark.eval.SampleEvaluation;
import io.e5spark.metric.ScoredDocument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TestWorstQueries {
  private static final List<ScoredDocument> FOUND =
      List.of(new ScoredDocument("a", 0.9), new ScoredDocument("b", 0.81234));

  private final WorstQueries.Texts texts =
      new WorstQueries.Texts() {
        @Override
        public Map<String, String> documents(Set<String> ids) {
          assertThat(ids).contains("a", "missed");
          return Map.of("a", "x".repeat(301), "missed", "y".repeat(300));
        }

        @Override
        public Map<String, String> queries(Set<String> ids) {
          return Map.of("bad", "what?");
        }
      };

  private static EvaluationResult evaluation() {
    Map<String, Map<String, Double>> perQuery = new LinkedHashMap<>();
    perQuery.put("good", Map.of("NDCG@10", 0.75));
    perQuery.put("bad", Map.of("NDCG@10", 0.25));
    perQuery.put("nothing relevant", Map.of("NDCG@10", 0.0));
    return SampleEvaluation.result(
        SampleEvaluation.report(Map.of("NDCG@10", 0.5)),
        Map.of(
            "good", Map.of("a", 1),
            "bad", Map.of("a", 0, "b", 2, "missed", 1, "missed more", 3, "zero", 0),
            "nothing relevant", Map.of("a", 0)),
        perQuery,
        Map.of("good", FOUND, "bad", FOUND));
  }

  @Test
  void worstComeFirstWithoutThoseThatNothingIsRelevantFor() {
    List<WorstQueries.Query> queries = new WorstQueries(evaluation(), texts).queries();
    assertThat(queries).extracting(WorstQueries.Query::id).containsExactly("bad", "good");
    assertThat(queries).extracting(WorstQueries.Query::score).containsExactly("0.2500", "0.7500");
    assertThat(queries).extracting(WorstQueries.Query::text).containsExactly("what?", "");
  }

  @Test
  void hitsHaveScoreGradeAndShortText() {
    WorstQueries.Query bad = new WorstQueries(evaluation(), texts).queries().get(0);
    assertThat(bad.hits())
        .containsExactly(
            new WorstQueries.Document("a", "0.9000", "0", false, "x".repeat(300) + "…"),
            new WorstQueries.Document("b", "0.8123", "2", true, "(not in the corpus)"));
  }

  @Test
  void missedDocumentsAreTheRelevantOnesBestGradeFirst() {
    WorstQueries.Query bad = new WorstQueries(evaluation(), texts).queries().get(0);
    assertThat(bad.missed())
        .containsExactly(
            new WorstQueries.Document("missed more", "", "3", true, "(not in the corpus)"),
            new WorstQueries.Document("missed", "", "1", true, "y".repeat(300)));
  }
}
