package io.e5spark.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.eval.EvaluationResult;
import io.e5spark.eval.SampleEvaluation;
import io.e5spark.metric.ScoredDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TestReportedQueries {
  private static final List<ScoredDocument> FOUND =
      List.of(new ScoredDocument("a", 0.9), new ScoredDocument("b", 0.81234));

  private final ReportTexts texts =
      new ReportTexts() {
        @Override
        public Map<String, Passage> documents(Set<String> ids) {
          assertThat(ids).contains("a", "missed");
          return Map.of("a", Passage.of("A", "x".repeat(301)));
        }

        @Override
        public Map<String, String> queries(Set<String> ids) {
          assertThat(ids).containsExactlyInAnyOrder("good", "bad", "nothing relevant");
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

  private static ReportedQuery bad() {
    return ReportedQuery.of(evaluation(), "bad", "NDCG@10");
  }

  @Test
  void allQueriesComeWorstFirstAndThoseThatNothingIsRelevantForLast() {
    assertThat(new ReportedQueries(evaluation(), texts).lines())
        .containsExactly(
            new ReportedQueries.Line("bad", "what?", "0.2500", "2", 1, 3),
            new ReportedQueries.Line("good", "", "0.7500", "1", 1, 1),
            new ReportedQueries.Line("nothing relevant", "", "0.0000", "none", 0, 0));
  }

  @Test
  void hitsHaveRankScoreAndGrade() {
    assertThat(bad().hits())
        .containsExactly(
            new ReportedQuery.Document("a", 1, 0.9, 0),
            new ReportedQuery.Document("b", 2, 0.8123, 2));
  }

  @Test
  void missedDocumentsAreTheRelevantOnesBestGradeFirst() {
    assertThat(bad().missed())
        .containsExactly(
            new ReportedQuery.Document("missed more", null, null, 3),
            new ReportedQuery.Document("missed", null, null, 1));
  }

  @Test
  void missedDocumentsHaveTheirRanks() {
    List<ScoredDocument> many = new ArrayList<>();
    for (int i = 1; i <= 40; i++) {
      many.add(new ScoredDocument("d" + i, 1.0 / i));
    }
    EvaluationResult run =
        SampleEvaluation.result(
            SampleEvaluation.report(Map.of("NDCG@10", 0.0)),
            Map.of("q", Map.of("d10", 1, "d11", 2)),
            Map.of("q", Map.of("NDCG@10", 0.3)),
            Map.of("q", many));
    ReportedQuery query = ReportedQuery.of(run, "q", "NDCG@10");
    assertThat(query.missed()).containsExactly(new ReportedQuery.Document("d11", 11, null, 2));
    assertThat(query.first()).isEqualTo(10);
    assertThat(query.found()).isEqualTo(2);
  }

  @Test
  void documentsOfTheWorstThousandQueriesAreOnThePage() {
    Map<String, Map<String, Integer>> judgements = new LinkedHashMap<>();
    Map<String, Map<String, Double>> values = new LinkedHashMap<>();
    for (int i = 0; i < 1_003; i++) {
      judgements.put("q" + i, Map.of("a", 1, "missed", 1));
      values.put("q" + i, Map.of("NDCG@10", i / 2_000.0));
    }
    EvaluationResult run =
        SampleEvaluation.result(
            SampleEvaluation.report(Map.of("NDCG@10", 0.0)), judgements, values, Map.of());
    ReportTexts none =
        new ReportTexts() {
          @Override
          public Map<String, Passage> documents(Set<String> ids) {
            return Map.of();
          }

          @Override
          public Map<String, String> queries(Set<String> ids) {
            return Map.of();
          }
        };
    ReportedQueries queries = new ReportedQueries(run, none);
    assertThat(queries.lines()).hasSize(1_003);
    assertThat(queries.withoutDocuments()).isEqualTo(3);
    assertThat((Map<?, ?>) queries.details().get("queries")).hasSize(1_000);
  }
}
