package io.e5spark.mteb.task;

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
 * @param published the card's main score in points of 100; null if none is known or the rules are
 *     not the cards'
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
    @Nullable Double published) {
  /** The main score in points of 100. */
  public double points() {
    return 100 * scores.main();
  }
}
