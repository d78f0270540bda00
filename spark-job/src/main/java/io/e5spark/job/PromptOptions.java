package io.e5spark.job;

import io.e5spark.model.Prompts;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The prompts that the user wants in front of the texts of an imported model. */
final class PromptOptions {
  @Option(
      names = "--prompts",
      paramLabel = "NAME",
      description =
          "The prompts in front of texts: e5 (\"query: \" and \"passage: \") or none. By default, those that the checkpoint states, or those of the published model with the same name.")
  @Nullable String prompts;

  @Option(
      names = "--query-prompt",
      paramLabel = "TEXT",
      description =
          "The prompt in front of queries, together with --passage-prompt and instead of --prompts. The setting task replaces {task} in it.")
  @Nullable String query;

  @Option(
      names = "--passage-prompt",
      paramLabel = "TEXT",
      description = "The prompt in front of passages, together with --query-prompt; may be empty.")
  @Nullable String passage;

  /**
   * The prompts that the options name; null if they name none.
   *
   * @throws IllegalArgumentException if the options contradict each other
   */
  @Nullable Prompts chosen() {
    if (query == null && passage == null) {
      return prompts == null ? null : named(prompts);
    }
    if (prompts != null) {
      throw new IllegalArgumentException(
          "Invalid options: --prompts and --query-prompt or --passage-prompt (must be one or the other)");
    }
    if (query == null || passage == null) {
      throw new IllegalArgumentException(
          "Invalid options: %s is missing (must be both --query-prompt and --passage-prompt; \"\" stands for no prompt)"
              .formatted(query == null ? "--query-prompt" : "--passage-prompt"));
    }
    return new Prompts(query, passage);
  }

  private static Prompts named(String name) {
    return switch (name) {
      case "e5" -> Prompts.E5;
      case "none" -> Prompts.NONE;
      default ->
          throw new IllegalArgumentException(
              "Invalid prompts: %s (must be e5 or none)".formatted(name));
    };
  }
}
