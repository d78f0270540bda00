package io.e5spark.mteb.task;

import io.e5spark.mteb.folder.TaskKind;
import io.e5spark.mteb.input.TaskInput;
import io.e5spark.mteb.score.SummaryScores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares similarities of machine summaries to human ones with people's judgements. */
final class SummarizationTask implements TaskType {
  @Override
  public TaskScores run(TaskInput input) {
    List<SummaryScores.Text> texts =
        TaskInput.inOrder(
            input.embedded(input.parameters().split(), input.rows(), TaskKind.SUMMARIZATION),
            row ->
                SummaryScores.Text.of(
                    row.vectors("human_summaries"),
                    row.vectors("machine_summaries"),
                    row.numbers("relevance")));
    Map<String, Double> scores =
        new LinkedHashMap<>(
            input.parameters().pValues()
                ? SummaryScores.withPValues(texts)
                : SummaryScores.correlations(texts));
    scores.put("pearson", scores.getOrDefault("cosine_pearson", Double.NaN));
    scores.put("spearman", scores.getOrDefault("cosine_spearman", Double.NaN));
    return TaskScores.of(
        "cosine_spearman",
        scores,
        texts.size(),
        List.of(new WrongSummaries(input, texts).finding()));
  }
}
