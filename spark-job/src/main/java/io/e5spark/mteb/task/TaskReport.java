package io.e5spark.mteb.task;

import io.e5spark.mteb.folder.Published;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The result of a task's evaluation.
 *
 * @param task its name
 * @param type MTEB's name of its type
 * @param subset the evaluated subset
 * @param model what the user called the model
 * @param fingerprint the SHA-256 over everything that decides a vector
 * @param rules the evaluation that was repeated
 * @param normalized whether vectors had norm 1
 * @param seconds the wall time
 * @param revision the SHA-256 over the files that were read
 * @param published the main score that was published for the same rules; null if none is known
 */
public record TaskReport(
    String task,
    String type,
    String subset,
    String split,
    String model,
    String fingerprint,
    String rules,
    boolean normalized,
    TaskScores scores,
    double seconds,
    String revision,
    @Nullable Published published) {
  /** The published score, and whether this one counts as the same; blank if none is known. */
  public String comparison() {
    return published == null
        ? ""
        : String.format(
            Locale.ROOT,
            "published %.2f ± %.2f%s",
            published.points(),
            published.interval(),
            published.holds(points()) ? "" : ", missed");
  }

  /** The task, and its subset if it has one. */
  public String label() {
    return subset.isEmpty() ? task : task + " " + subset;
  }

  /** The main score in points of 100. */
  public double points() {
    return 100 * scores.main();
  }
}
