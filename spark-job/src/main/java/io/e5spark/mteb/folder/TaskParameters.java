package io.e5spark.mteb.folder;

/**
 * What MTEB fixes for each task.
 *
 * @param split that is scored
 * @param samplesPerLabel training rows of each label in a classification experiment
 * @param experiments of a classification
 * @param documents the most that bootstrapped clustering embeds; 0 for 4 % of them
 * @param pValues whether p-values are averaged into correlations, as MTEB does for SummEval
 */
public record TaskParameters(
    String split, int samplesPerLabel, int experiments, int documents, boolean pValues) {
  /** Those of tasks that nothing else is known of. */
  public static final TaskParameters USUAL = new TaskParameters("test", 8, 10, 0, false);

  /** The same with another number of training rows. */
  public TaskParameters withSamplesPerLabel(int other) {
    return new TaskParameters(split, other, experiments, documents, pValues);
  }

  /** The same for another split. */
  public TaskParameters withSplit(String other) {
    return new TaskParameters(other, samplesPerLabel, experiments, documents, pValues);
  }
}
