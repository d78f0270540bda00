package io.e5spark.mteb.task;

import io.e5spark.mteb.score.RerankingScores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Candidates of queries, ranked by their cosine. */
final class RerankingTask implements TaskType {
  @Override
  public TaskScores run(TaskInput input) {
    List<RerankingScores.Candidates> queries =
        TaskInput.inOrder(
            input.embedded(input.parameters().split(), input.rows(), TaskKind.RERANKING),
            RerankingTask::candidates);
    RerankingScores found = RerankingScores.of(queries);
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put("map", found.map());
    scores.put("mrr", found.mrr());
    return TaskScores.of("map", scores, found.queries());
  }

  private static RerankingScores.Candidates candidates(TaskRow row) {
    float[][] query = row.vectors("query");
    float[][] positive = row.vectors("positive");
    float[][] negative = row.vectors("negative");
    double[] scores = new double[positive.length + negative.length];
    boolean[] relevant = new boolean[scores.length];
    for (int i = 0; i < scores.length; i++) {
      relevant[i] = i < positive.length;
      float[] document = relevant[i] ? positive[i] : negative[i - positive.length];
      scores[i] = RerankingScores.score(query, document);
    }
    return new RerankingScores.Candidates(scores, relevant);
  }
}
