package io.e5spark.mteb.task;

import io.e5spark.mteb.input.TaskInput;
import io.e5spark.mteb.input.TaskTexts;
import io.e5spark.mteb.score.SummaryScores;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The texts on whose summaries the model and people differ most. */
record WrongSummaries(TaskInput input, List<SummaryScores.Text> texts) {
  Finding finding() {
    List<Integer> worst =
        IntStream.range(0, texts.size())
            .filter(i -> Double.isFinite(texts.get(i).spearman()))
            .boxed()
            .sorted(Comparator.comparingDouble(i -> texts.get(i).spearman()))
            .limit(Finding.MOST)
            .toList();
    TaskTexts summaries = input.texts(worst, List.of("machine_summaries"));
    List<List<String>> rows = new ArrayList<>();
    for (int text : worst) {
      rows.add(row(texts.get(text), summaries.of(text).getList(1)));
    }
    return new Finding(
        "Texts whose summaries the model ranks most differently from people",
        List.of(
            "nearest to the human summaries",
            "its judgement",
            "judged best",
            "its cosine",
            "Spearman"),
        rows);
  }

  private static List<String> row(SummaryScores.Text text, List<String> summaries) {
    int nearest = greatest(text.cosines());
    int best = greatest(text.judgements());
    return List.of(
        summaries.get(nearest),
        Finding.number(text.judgements()[nearest]),
        summaries.get(best),
        Finding.number(text.cosines()[best]),
        Finding.number(text.spearman()));
  }

  private static int greatest(double[] values) {
    return IntStream.range(0, values.length)
        .boxed()
        .max(Comparator.comparingDouble(i -> values[i]))
        .orElseThrow();
  }
}
