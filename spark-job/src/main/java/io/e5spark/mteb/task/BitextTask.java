package io.e5spark.mteb.task;

import io.e5spark.mteb.folder.TaskKind;
import io.e5spark.mteb.score.BitextScores;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;

/** Translations: the nearest sentence of the other language to each sentence. */
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
    return TaskScores.of("f1", BitextScores.of(gold, nearest), found.size());
  }
}
