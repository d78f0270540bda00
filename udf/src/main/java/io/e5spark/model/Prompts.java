package io.e5spark.model;

import io.e5spark.config.InputType;
import java.io.Serializable;

/**
 * What a model was trained to see in front of a text.
 *
 * @param query in front of what is searched with; where it has {@code {task}}, the task's
 *     description goes there
 * @param passage in front of what is searched in
 */
public record Prompts(String query, String passage) implements Serializable {
  /** Those of E5 models. */
  public static final Prompts E5 = new Prompts("query: ", "passage: ");

  /** Nothing in front of any text. */
  public static final Prompts NONE = new Prompts("", "");

  /** Where the task's description goes. */
  public static final String TASK = "{task}";

  /** The prompt of a side of the search. */
  public String of(InputType type) {
    return type == InputType.QUERY ? query : passage;
  }

  /** Whether queries are embedded for a task that the user describes. */
  public boolean takesTask() {
    return query.contains(TASK);
  }

  /** The same with the task's description in its place. */
  public Prompts withTask(String task) {
    return new Prompts(query.replace(TASK, task), passage);
  }
}
