package io.e5spark.mteb.task;

import io.e5spark.mteb.folder.TaskKind;
import io.e5spark.mteb.input.TaskInput;
import io.e5spark.mteb.score.Similarity;
import io.e5spark.mteb.score.StsScores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares similarities of sentences with people's judgements. */
final class StsTask implements TaskType {
  @Override
  public TaskScores run(TaskInput input) {
    List<ComparedPair> pairs =
        TaskInput.inOrder(
            input.embedded(input.parameters().split(), input.rows(), TaskKind.STS),
            row -> ComparedPair.of(row, row.number("score")));
    Map<String, Double> scores =
        new LinkedHashMap<>(
            StsScores.of(ComparedPair.judgements(pairs), ComparedPair.similarities(pairs)));
    scores.put("pearson", scores.getOrDefault("cosine_pearson", Double.NaN));
    scores.put("spearman", scores.getOrDefault("cosine_spearman", Double.NaN));
    return TaskScores.of(
        Similarity.COSINE + "_spearman",
        scores,
        pairs.size(),
        List.of(new WrongPairs(input, pairs).byRank()));
  }
}
