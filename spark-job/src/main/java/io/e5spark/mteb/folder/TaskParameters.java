package io.e5spark.mteb.folder;

/**
 * What MTEB fixes for each task.
 *
 * @param split the split that is scored
 * @param samplesPerLabel the training rows per label in a classification experiment
 * @param experiments the number of experiments of a classification
 * @param documents the most documents that bootstrapped clustering embeds; 0 for 4 % of them
 * @param pValues whether p-values are averaged into correlations, as MTEB does for SummEval
 */
public record TaskParameters(
    String split, int samplesPerLabel, int experiments, int documents, boolean pValues) {
  /** The parameters of tasks about which nothing else is known. */
  public static final TaskParameters USUAL = new TaskParameters("test", 8, 10, 0, false);

  /** These parameters with another number of training rows. */
  public TaskParameters withSamplesPerLabel(int other) {
    return new TaskParameters(split, other, experiments, documents, pValues);
  }

  /** These parameters with another split. */
  public TaskParameters withSplit(String other) {
    return new TaskParameters(other, samplesPerLabel, experiments, documents, pValues);
  }
}
