package io.e5spark.mteb.task;

import io.e5spark.mteb.input.TaskInput;

/** How one type of task is scored. */
interface TaskType {
  /**
   * Embeds and scores.
   *
   * @throws IllegalArgumentException if the rows are not what the type needs
   */
  TaskScores run(TaskInput input);
}
