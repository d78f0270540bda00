package io.e5spark.mteb.task;

import io.e5spark.mteb.folder.Published;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation of a task found.
 *
 * @param task its name
 * @param type MTEB's name of its type
 * @param subset that was evaluated
 * @param model what the user called the model
 * @param fingerprint SHA-256 over all that decides a vector
 * @param rules whose evaluation was repeated
 * @param normalized whether vectors had norm 1
 * @param seconds wall time
 * @param revision SHA-256 over the files that were read
 * @param published main score by the same rules; null if none is known
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
  /** The published score and whether this one may be called the same; blank if none is known. */
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

  /** The task, and its subset where it has any. */
  public String label() {
    return subset.isEmpty() ? task : task + " " + subset;
  }

  /** The main score in points of 100. */
  public double points() {
    return 100 * scores.main();
  }
}
