package io.e5spark.mteb.task;

import io.e5spark.mteb.folder.TaskKind;
import io.e5spark.mteb.input.TaskInput;
import io.e5spark.mteb.input.TaskRow;
import io.e5spark.mteb.input.TaskTexts;
import io.e5spark.mteb.score.BitextScores;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;

/** Translations: finds the nearest sentence of the other language for each sentence. */
final class BitextTask implements TaskType {
  @Override
  public TaskScores run(TaskInput input) {
    JavaRDD<TaskRow> rows =
        input.embedded(input.parameters().split(), input.rows(), TaskKind.BITEXT_MINING);
    List<float[]> right = TaskInput.inOrder(rows, row -> row.vector("sentence2"));
    Broadcast<float[][]> all = input.spark().broadcast(right.toArray(float[][]::new));
    List<Integer> found =
        TaskInput.inOrder(rows, row -> BitextScores.nearest(row.vector("sentence1"), all.value()));
    int[] gold = IntStream.range(0, found.size()).toArray();
    int[] nearest = found.stream().mapToInt(Integer::intValue).toArray();
    return TaskScores.of(
        "f1", BitextScores.of(gold, nearest), found.size(), List.of(wrong(input, nearest)));
  }

  private static Finding wrong(TaskInput input, int[] nearest) {
    List<Integer> wrong =
        IntStream.range(0, nearest.length)
            .filter(i -> nearest[i] != i)
            .limit(Finding.MOST)
            .boxed()
            .toList();
    List<Integer> shown = wrong.stream().flatMap(i -> Stream.of(i, nearest[i])).distinct().toList();
    TaskTexts texts = input.texts(shown, List.of("sentence1", "sentence2"));
    List<List<String>> rows =
        wrong.stream()
            .map(
                i ->
                    List.of(
                        texts.of(i).getString(1),
                        texts.of(i).getString(2),
                        texts.of(nearest[i]).getString(2)))
            .toList();
    return new Finding(
        "Sentences whose translation is not the nearest",
        List.of("sentence1", "sentence2", "nearest"),
        rows);
  }
}
