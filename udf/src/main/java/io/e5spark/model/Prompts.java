package io.e5spark.model;

import io.e5spark.config.InputType;
import java.io.Serializable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a model was trained to see in front of a text.
 *
 * @param query goes in front of a text to search with; the description of the task replaces {@code
 *     {task}} in it
 * @param passage goes in front of a text to be searched
 */
public record Prompts(String query, String passage) implements Serializable {
  /** The prompts of E5 models. */
  public static final Prompts E5 = new Prompts("query: ", "passage: ");

  /** No prompt in front of any text. */
  public static final Prompts NONE = new Prompts("", "");

  /** The place of the task's description. */
  public static final String TASK = "{task}";

  /** The task if none is named. */
  public static final String USUAL_TASK =
      "Given a web search query, retrieve relevant passages that answer the query";

  /** The prompt of a side of the search. */
  public String of(InputType type) {
    return type == InputType.QUERY ? query : passage;
  }

  /** Whether queries are embedded for a task that the user describes. */
  public boolean takesTask() {
    return query.contains(TASK);
  }

  /** These prompts with the description of the task in its place. */
  public Prompts withTask(String task) {
    return new Prompts(query.replace(TASK, task), passage);
  }

  /**
   * Whether a text of this side would get a prompt although it already begins with one, for any
   * task.
   */
  public boolean areRepeated(InputType type, String text) {
    return !of(type).isEmpty() && prompts().anyMatch(prompt -> begins(text, prompt));
  }

  private static boolean begins(String text, String prompt) {
    int task = prompt.indexOf(TASK);
    if (task < 0) {
      return text.startsWith(prompt);
    }
    // A prompt that begins with the task may begin like any text.
    String rest = prompt.substring(task + TASK.length());
    return task > 0 && text.startsWith(prompt.substring(0, task)) && text.indexOf(rest, task) > 0;
  }

  private Stream<String> prompts() {
    return Stream.of(query, passage).distinct().filter(prompt -> !prompt.isEmpty());
  }

  /** The prompts that are not empty, in quotes. */
  public String listed() {
    return prompts().map(Prompts::quoted).collect(Collectors.joining(" or "));
  }

  /** A text in quotes, on one line. */
  public static String quoted(String text) {
    return "'" + text.replace("\r", "\\r").replace("\n", "\\n") + "'";
  }

  /** The prompt of queries, then that of passages, on one line. */
  @Override
  public String toString() {
    return equals(NONE) ? "none" : quoted(query) + " and " + quoted(passage);
  }
}
