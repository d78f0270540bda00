package io.e5spark.mteb.task;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a task's split gave.
 *
 * @param mainName which of the scores is the main one
 * @param scores by MTEB's names: numbers, or lists of them
 * @param rows that were scored
 * @param findings what went wrong where, for people
 */
public record TaskScores(
    String mainName, Map<String, Object> scores, long rows, List<Finding> findings) {
  static TaskScores of(
      String mainName, Map<String, Double> scores, long rows, List<Finding> findings) {
    return new TaskScores(mainName, new LinkedHashMap<>(scores), rows, findings);
  }

  /** The main score, from 0 to 1 or, of correlations, from -1. */
  public double main() {
    return scores.get(mainName) instanceof Number number ? number.doubleValue() : Double.NaN;
  }
}
