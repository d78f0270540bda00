package io.e5spark.mteb.task;

import io.e5spark.mteb.input.TaskInput;
import io.e5spark.mteb.input.TaskTexts;
import io.e5spark.mteb.score.Similarity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.apache.spark.sql.Row;

/** The pairs of sentences on whose similarity the model and people differ most. */
final class WrongPairs {
  private static final List<String> COLUMNS = List.of("sentence1", "sentence2");

  private final TaskInput input;
  private final List<ComparedPair> pairs;
  private final double[] cosines;

  /**
   * The tables of a task.
   *
   * @param pairs the pairs, in the order of its rows
   */
  WrongPairs(TaskInput input, List<ComparedPair> pairs) {
    this.input = input;
    this.pairs = pairs;
    this.cosines = pairs.stream().mapToDouble(pair -> pair.similarity(Similarity.COSINE)).toArray();
  }

  /**
   * Orders pairs by the distance between their rank among the judgements and their rank among the
   * cosines.
   */
  Finding byRank() {
    double[] judged = new NaturalRanking().rank(ComparedPair.judgements(pairs));
    double[] alike = new NaturalRanking().rank(cosines);
    List<Integer> worst =
        worst(pair -> true, Comparator.comparingDouble(i -> -Math.abs(judged[i] - alike[i])));
    return table(
        "Pairs that the model ranks most differently from people",
        List.of("judgement", "cosine", "pairs judged lower", "pairs less alike"),
        worst,
        i ->
            List.of(
                Finding.number(pairs.get(i).judgement()),
                Finding.number(cosines[i]),
                Finding.percent(judged[i] / pairs.size()),
                Finding.percent(alike[i] / pairs.size())));
  }

  /**
   * The pairs of the same meaning that are least similar, and the pairs of different meaning that
   * are most similar.
   */
  List<Finding> byLabel() {
    Comparator<Integer> rising = Comparator.comparingDouble(i -> cosines[i]);
    return List.of(
        ofLabel("Pairs of the same meaning that are least alike", pair -> isSame(pair), rising),
        ofLabel(
            "Pairs of different meaning that are most alike",
            pair -> !isSame(pair),
            rising.reversed()));
  }

  private Finding ofLabel(String title, Predicate<ComparedPair> label, Comparator<Integer> order) {
    return table(
        title, List.of("cosine"), worst(label, order), i -> List.of(Finding.number(cosines[i])));
  }

  private static boolean isSame(ComparedPair pair) {
    return pair.judgement() == 1;
  }

  private interface Numbers {
    List<String> of(int pair);
  }

  private List<Integer> worst(Predicate<ComparedPair> wanted, Comparator<Integer> order) {
    return IntStream.range(0, pairs.size())
        .filter(i -> wanted.test(pairs.get(i)))
        .boxed()
        .sorted(order)
        .limit(Finding.MOST)
        .toList();
  }

  private Finding table(String title, List<String> names, List<Integer> worst, Numbers numbers) {
    TaskTexts texts = input.texts(worst, COLUMNS);
    List<List<String>> rows = new ArrayList<>();
    for (int pair : worst) {
      Row text = texts.of(pair);
      List<String> row = new ArrayList<>(List.of(text.getString(1), text.getString(2)));
      row.addAll(numbers.of(pair));
      rows.add(row);
    }
    List<String> columns = new ArrayList<>(COLUMNS);
    columns.addAll(names);
    return new Finding(title, columns, rows);
  }
}
