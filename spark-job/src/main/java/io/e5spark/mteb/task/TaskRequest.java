package io.e5spark.mteb.task;

import io.e5spark.mteb.folder.TaskKind;
import io.e5spark.mteb.folder.TaskParameters;
import io.e5spark.mteb.input.Rules;
import org.jspecify.annotations.Nullable;

/**
 * What to evaluate of task folders.
 *
 * @param rules whose evaluation is repeated
 * @param subset of each folder; blank for the only one there is
 * @param kind of the tasks; null to tell by their columns
 * @param split to score; null for each task's own
 * @param samplesPerLabel of classification; null for each task's own
 */
public record TaskRequest(
    Rules rules,
    String subset,
    @Nullable TaskKind kind,
    @Nullable String split,
    @Nullable Integer samplesPerLabel) {
  /** The same for another subset. */
  public TaskRequest ofSubset(String other) {
    return new TaskRequest(rules, other, kind, split, samplesPerLabel);
  }

  TaskParameters changed(TaskParameters own) {
    TaskParameters changed = split == null ? own : own.withSplit(split);
    return samplesPerLabel == null ? changed : changed.withSamplesPerLabel(samplesPerLabel);
  }
}
