package io.e5spark.mteb.task;

import static org.apache.spark.sql.functions.col;

import io.e5spark.mteb.folder.TaskKind;
import io.e5spark.mteb.folder.TaskRows;
import io.e5spark.mteb.input.Rules;
import io.e5spark.mteb.input.TaskInput;
import io.e5spark.mteb.input.TaskRow;
import io.e5spark.mteb.learn.BootstrappedClustering;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The clustering of MTEB 2, with documents that are drawn with replacement; it runs in one task of
 * Spark.
 */
final class BootstrappedClusteringTask implements TaskType {
  private static final int DRAWN = 16_384;
  private static final int ROUNDS = 10;
  private static final int BATCH = 512;
  private static final double SHARE = 0.04;

  @Override
  public TaskScores run(TaskInput input) {
    Dataset<Row> rows = input.rows();
    int all = Math.toIntExact(rows.count());
    int named = input.parameters().documents();
    int most = named > 0 ? named : (int) (SHARE * all);
    int[] order = clustering(input).sample(all, most);
    Integer[] wanted = Arrays.stream(order).boxed().toArray(Integer[]::new);
    Dataset<Row> sampled = rows.where(col(TaskRows.NUMBER).isin((Object[]) wanted));
    JavaRDD<TaskRow> embedded =
        input.embedded(input.parameters().split(), sampled, TaskKind.BOOTSTRAPPED_CLUSTERING);
    Rules rules = input.rules();
    List<double[]> levels =
        embedded
            .repartition(1)
            .mapPartitions(
                found -> {
                  List<TaskRow> documents = new ArrayList<>();
                  found.forEachRemaining(documents::add);
                  return measures(inOrder(documents, order), all, most, rules).iterator();
                })
            .collect();
    return scores(levels, order.length);
  }

  private static BootstrappedClustering clustering(TaskInput input) {
    return clustering(input.rules());
  }

  private static BootstrappedClustering clustering(Rules rules) {
    return new BootstrappedClustering(DRAWN, ROUNDS, BATCH, rules.draws());
  }

  private static List<TaskRow> inOrder(List<TaskRow> documents, int[] order) {
    Map<Long, Integer> places = new HashMap<>();
    for (int place = 0; place < order.length; place++) {
      places.put((long) order[place], place);
    }
    documents.sort(Comparator.comparing(row -> places.get(row.number())));
    return documents;
  }

  private static List<double[]> measures(List<TaskRow> documents, int all, int most, Rules rules) {
    BootstrappedClustering clustering = clustering(rules);
    // The stream of random numbers continues after the sample.
    clustering.sample(all, most);
    return clustering.vMeasures(
        documents.stream().map(row -> row.vector("sentences")).toArray(float[][]::new),
        documents.stream().map(row -> row.texts("labels")).toList());
  }

  private static TaskScores scores(List<double[]> levels, long rows) {
    List<Double> all = new ArrayList<>();
    Map<String, Object> byLevel = new LinkedHashMap<>();
    for (int level = 0; level < levels.size(); level++) {
      List<Double> measures = Arrays.stream(levels.get(level)).boxed().toList();
      byLevel.put("Level " + level, measures);
      all.addAll(measures);
    }
    Map<String, Object> scores = new LinkedHashMap<>(ClusteringTask.summary(all));
    scores.put("v_measures", byLevel);
    return new TaskScores("v_measure", scores, rows, List.of());
  }
}
