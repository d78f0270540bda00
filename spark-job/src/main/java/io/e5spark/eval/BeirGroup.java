package io.e5spark.eval;

import io.e5spark.platform.DataFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One BEIR folder, or a folder of several folders whose means are averaged, as for CQADupStack.
 *
 * @param folders the folders, sorted by name
 * @param isSingle whether it is one folder itself
 */
public record BeirGroup(List<DataFile> folders, boolean isSingle) {

  /**
   * Examines a directory.
   *
   * @throws IllegalArgumentException if there is nothing to evaluate
   */
  public static BeirGroup in(DataFile directory) {
    if (!directory.exists()) {
      throw new IllegalArgumentException(
          "Cannot read %s as a BEIR folder: there is no directory %s"
              .formatted(directory.location(), directory.wholePath()));
    }
    if (BeirDataset.isOne(directory)) {
      return new BeirGroup(List.of(directory), true);
    }
    List<DataFile> folders =
        directory.children().stream().map(directory::in).filter(BeirDataset::isOne).toList();
    if (folders.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot read %s as a BEIR folder: neither it nor a folder in it has a corpus.jsonl"
              .formatted(directory.location()));
    }
    return new BeirGroup(folders, false);
  }

  /** The plain mean of each metric over the folders, rounded as BEIR rounds. */
  public static Map<String, Double> means(List<EvaluationReport> evaluations) {
    Map<String, Double> means = new LinkedHashMap<>();
    for (String label : evaluations.get(0).metrics().keySet()) {
      double sum = 0;
      for (EvaluationReport one : evaluations) {
        sum += one.metrics().getOrDefault(label, 0.0);
      }
      means.put(label, io.e5spark.metric.Evaluation.rounded(sum / evaluations.size()));
    }
    return means;
  }
}
