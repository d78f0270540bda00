package io.e5spark.mteb.task;

import io.e5spark.mteb.folder.TaskKind;
import io.e5spark.mteb.score.RankedCandidates;
import io.e5spark.mteb.score.RerankingScores;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;

/** Candidates of queries, ranked by their cosine. */
final class RerankingTask implements TaskType {
  private final TaskKind kind;

  RerankingTask(TaskKind kind) {
    this.kind = kind;
  }

  @Override
  public TaskScores run(TaskInput input) {
    JavaRDD<TaskRow> rows =
        kind == TaskKind.CANDIDATE_RERANKING
            ? input.embeddedCandidates()
            : input.embedded(input.parameters().split(), input.rows(), kind);
    TaskKind of = kind;
    return input.rules() == Rules.CARDS
        ? byPositives(TaskInput.inOrder(rows, row -> Ranking.of(row, of).candidates()))
        : byMetrics(TaskInput.inOrder(rows, row -> Ranking.of(row, of).ranked().metrics()));
  }

  private static TaskScores byPositives(List<RerankingScores.Candidates> queries) {
    RerankingScores found = RerankingScores.of(queries);
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put("map", found.map());
    scores.put("mrr", found.mrr());
    return TaskScores.of("map", scores, found.queries());
  }

  private static TaskScores byMetrics(List<Map<String, Double>> queries) {
    Map<String, Double> scores = new LinkedHashMap<>();
    queries.forEach(
        query ->
            query.forEach(
                (name, value) -> scores.merge(name, value / queries.size(), Double::sum)));
    return TaskScores.of("map_at_1000", scores, queries.size());
  }

  /**
   * The candidates of a query.
   *
   * @param grades relevant from 1
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Ranking(List<String> ids, int[] grades, double[] scores) implements Serializable {
    static Ranking of(TaskRow row, TaskKind kind) {
      return kind == TaskKind.CANDIDATE_RERANKING ? ofCandidates(row) : ofLists(row);
    }

    private static Ranking ofCandidates(TaskRow row) {
      float[][] documents = row.vectors("documents");
      double[] scores = new double[documents.length];
      int[] grades = new int[documents.length];
      double[] given = row.numbers("grades");
      for (int i = 0; i < scores.length; i++) {
        scores[i] = RerankingScores.score(row.vectors("query"), documents[i]);
        grades[i] = (int) given[i];
      }
      return new Ranking(row.texts("ids"), grades, scores);
    }

    private static Ranking ofLists(TaskRow row) {
      float[][] query = row.vectors("query");
      float[][] positive = row.vectors("positive");
      float[][] negative = row.vectors("negative");
      List<String> ids = new ArrayList<>();
      int[] grades = new int[positive.length + negative.length];
      double[] scores = new double[grades.length];
      for (int i = 0; i < scores.length; i++) {
        boolean relevant = i < positive.length;
        int number = relevant ? i : i - positive.length;
        ids.add(String.format(Locale.ROOT, "%s_%05d", relevant ? "apositive" : "negative", number));
        grades[i] = relevant ? 1 : 0;
        scores[i] = RerankingScores.score(query, relevant ? positive[number] : negative[number]);
      }
      return new Ranking(ids, grades, scores);
    }

    RankedCandidates ranked() {
      return new RankedCandidates(ids, grades, scores);
    }

    /** Relevant ones first. */
    RerankingScores.Candidates candidates() {
      double[] ordered = new double[scores.length];
      boolean[] relevant = new boolean[scores.length];
      int next = 0;
      for (boolean wanted : new boolean[] {true, false}) {
        for (int i = 0; i < scores.length; i++) {
          if (grades[i] > 0 == wanted) {
            ordered[next] = scores[i];
            relevant[next++] = wanted;
          }
        }
      }
      return new RerankingScores.Candidates(ordered, relevant);
    }
  }
}
