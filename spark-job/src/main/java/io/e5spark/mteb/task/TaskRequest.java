package io.e5spark.mteb.task;

import io.e5spark.mteb.folder.TaskKind;
import io.e5spark.mteb.folder.TaskParameters;
import io.e5spark.mteb.input.Rules;
import org.jspecify.annotations.Nullable;

/**
 * What to evaluate in the folders of tasks.
 *
 * @param rules the evaluation to repeat
 * @param subset the subset of each folder; blank for the only one
 * @param kind the kind of the tasks; null to infer it from their columns
 * @param split the split to score; null for that of each task
 * @param samplesPerLabel the training rows per label of a classification; null for those of each
 *     task
 */
public record TaskRequest(
    Rules rules,
    String subset,
    @Nullable TaskKind kind,
    @Nullable String split,
    @Nullable Integer samplesPerLabel) {
  /** This request for another subset. */
  public TaskRequest ofSubset(String other) {
    return new TaskRequest(rules, other, kind, split, samplesPerLabel);
  }

  TaskParameters changed(TaskParameters own) {
    TaskParameters changed = split == null ? own : own.withSplit(split);
    return samplesPerLabel == null ? changed : changed.withSamplesPerLabel(samplesPerLabel);
  }
}
