package io.e5spark.mteb.task;

import io.e5spark.mteb.folder.TaskKind;
import io.e5spark.mteb.input.Rules;
import io.e5spark.mteb.input.TaskInput;
import io.e5spark.mteb.input.TaskRow;
import io.e5spark.mteb.score.RankedCandidates;
import io.e5spark.mteb.score.RerankingScores;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;

/** The candidates of queries, ranked by their cosine. */
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
    WrongRankings wrong = new WrongRankings(input, kind);
    return input.rules() == Rules.CARDS
        ? byPositives(Query.inOrder(rows, of, Ranking::candidates), wrong)
        : byMetrics(Query.inOrder(rows, of, ranking -> ranking.ranked().metrics()), wrong);
  }

  private interface Reading<T> extends Serializable {
    T of(Ranking ranking);
  }

  /** The metrics of a query's ranking, and the places of its relevant candidates. */
  private record Query<T>(T found, WrongRankings.Places places) implements Serializable {
    static <T> List<TaskInput.Numbered<Query<T>>> inOrder(
        JavaRDD<TaskRow> rows, TaskKind kind, Reading<T> reading) {
      return TaskInput.numbered(
          rows,
          row -> {
            Ranking ranking = Ranking.of(row, kind);
            return new Query<>(
                reading.of(ranking), WrongRankings.Places.of(ranking.scores, ranking.grades));
          });
    }

    static <T> List<T> found(List<TaskInput.Numbered<Query<T>>> queries) {
      return queries.stream().map(query -> query.value().found).toList();
    }

    static <T> List<Finding> wrong(
        List<TaskInput.Numbered<Query<T>>> queries, WrongRankings rankings) {
      return List.of(
          rankings.of(
              queries.stream()
                  .map(one -> new TaskInput.Numbered<>(one.number(), one.value().places))
                  .toList()));
    }
  }

  private static TaskScores byPositives(
      List<TaskInput.Numbered<Query<RerankingScores.Candidates>>> queries, WrongRankings wrong) {
    RerankingScores found = RerankingScores.of(Query.found(queries));
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put("map", found.map());
    scores.put("mrr", found.mrr());
    return TaskScores.of("map", scores, found.queries(), Query.wrong(queries, wrong));
  }

  private static TaskScores byMetrics(
      List<TaskInput.Numbered<Query<Map<String, Double>>>> queries, WrongRankings wrong) {
    Map<String, Double> scores = new LinkedHashMap<>();
    Query.found(queries)
        .forEach(
            query ->
                query.forEach(
                    (name, value) -> scores.merge(name, value / queries.size(), Double::sum)));
    return TaskScores.of("map_at_1000", scores, queries.size(), Query.wrong(queries, wrong));
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
