package io.e5spark.mteb.folder;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A main score that others published.
 *
 * @param points of 100
 * @param interval how many points another evaluation of the same vectors may differ
 */
public record Published(double points, double interval) {
  /**
   * The score of a model on a task, if it is known.
   *
   * @param rules whose evaluation it was: {@code cards} or {@code mteb2}
   * @param model its name, with or without its owner's
   * @param type MTEB's name of the task's type
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

  /** Whether a score may be called the same. */
  public boolean holds(double other) {
    return Math.abs(other - points) <= interval;
  }
}
