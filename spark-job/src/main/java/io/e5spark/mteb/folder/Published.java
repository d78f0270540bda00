package io.e5spark.mteb.folder;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A main score that others published.
 *
 * @param points the score in points of 100
 * @param interval the points by which another evaluation of the same vectors may differ
 */
public record Published(double points, double interval) {
  /**
   * The score of a model on a task, if it is known.
   *
   * @param rules the rules of the evaluation: {@code cards} or {@code mteb2}
   * @param model the name of the model, with or without that of its owner
   * @param type MTEB's name of the type of the task
   */
  public static Optional<Published> of(String rules, String model, String task, String type) {
    JsonNode all = KnownTask.read("published-main-scores.json");
    JsonNode points = all.path(rules).path(model.substring(model.lastIndexOf('/') + 1)).path(task);
    JsonNode intervals = all.path("intervals");
    double usual = intervals.path(type).asDouble(0);
    return points.isNumber()
        ? Optional.of(new Published(points.asDouble(), intervals.path(task).asDouble(usual)))
        : Optional.empty();
  }

  /** Whether a score counts as the same. */
  public boolean holds(double other) {
    return Math.abs(other - points) <= interval;
  }
}
