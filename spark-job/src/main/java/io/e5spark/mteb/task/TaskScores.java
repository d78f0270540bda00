package io.e5spark.mteb.task;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The scores of the split of a task.
 *
 * @param mainName the name of the main score
 * @param scores numbers or lists of numbers, by MTEB's names
 * @param rows the number of rows that were scored
 * @param findings tables of the worst rows, for people
 */
public record TaskScores(
    String mainName, Map<String, Object> scores, long rows, List<Finding> findings) {
  static TaskScores of(
      String mainName, Map<String, Double> scores, long rows, List<Finding> findings) {
    return new TaskScores(mainName, new LinkedHashMap<>(scores), rows, findings);
  }

  /** The main score, from 0 to 1 or, for correlations, from -1. */
  public double main() {
    return scores.get(mainName) instanceof Number number ? number.doubleValue() : Double.NaN;
  }
}
