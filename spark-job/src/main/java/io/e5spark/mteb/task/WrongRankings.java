package io.e5spark.mteb.task;

import io.e5spark.mteb.folder.TaskKind;
import io.e5spark.mteb.input.TaskInput;
import io.e5spark.mteb.input.TaskTexts;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;

/** The queries whose first relevant candidate ranks lowest. */
record WrongRankings(TaskInput input, TaskKind kind) {
  /**
   * The places of the relevant candidates of a query.
   *
   * @param best the number of the candidate that ranks first
   * @param relevant the number of the first relevant one; -1 if there is none
   * @param rank the rank of that one, from 1
   * @param candidates the number of candidates
   */
  record Places(int best, int relevant, int rank, int candidates) implements Serializable {
    static Places of(double[] scores, int[] grades) {
      List<Integer> order =
          IntStream.range(0, scores.length)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> -scores[i]))
              .toList();
      for (int place = 0; place < order.size(); place++) {
        if (grades[order.get(place)] > 0) {
          return new Places(order.get(0), order.get(place), place + 1, order.size());
        }
      }
      return new Places(order.isEmpty() ? -1 : order.get(0), -1, 0, order.size());
    }
  }

  /** The table for the places of all queries, in the order of the rows. */
  Finding of(List<TaskInput.Numbered<Places>> queries) {
    List<TaskInput.Numbered<Places>> worst =
        queries.stream()
            .filter(query -> query.value().rank() > 1)
            .sorted(Comparator.comparingInt(query -> -query.value().rank()))
            .limit(Finding.MOST)
            .toList();
    List<Integer> numbers = worst.stream().map(one -> (int) one.number()).toList();
    TaskTexts texts = texts(numbers);
    List<List<String>> rows = new ArrayList<>();
    for (TaskInput.Numbered<Places> one : worst) {
      rows.add(row(texts.of(one.number()), one.value()));
    }
    return new Finding(
        "Queries whose first relevant candidate stands furthest down",
        List.of("query", "first of all", "first relevant", "rank", "candidates"),
        rows);
  }

  private TaskTexts texts(List<Integer> numbers) {
    return kind == TaskKind.CANDIDATE_RERANKING
        ? input.candidateTexts(numbers, kind.textColumns())
        : input.texts(numbers, kind.textColumns());
  }

  private static List<String> row(Row texts, Places places) {
    List<String> candidates = new ArrayList<>();
    for (int column = 2; column < texts.size(); column++) {
      candidates.addAll(texts.getList(column));
    }
    return List.of(
        String.valueOf(texts.get(1)),
        candidates.get(places.best()),
        candidates.get(places.relevant()),
        String.valueOf(places.rank()),
        String.valueOf(places.candidates()));
  }
}
