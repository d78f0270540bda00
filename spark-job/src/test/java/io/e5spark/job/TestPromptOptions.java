package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.model.Prompts;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class TestPromptOptions {
  private static Prompts chosen(String... arguments) {
    PromptOptions options = new PromptOptions();
    new CommandLine(CommandLine.Model.CommandSpec.create().addMixin("prompts", mixin(options)))
        .parseArgs(arguments);
    return options.chosen();
  }

  private static CommandLine.Model.CommandSpec mixin(PromptOptions options) {
    return CommandLine.Model.CommandSpec.forAnnotatedObject(options);
  }

  @Test
  void promptsAreNamedOrGiven() {
    assertThat(chosen()).isNull();
    assertThat(chosen("--prompts", "e5")).isEqualTo(Prompts.E5);
    assertThat(chosen("--prompts", "none")).isEqualTo(Prompts.NONE);
    assertThat(chosen("--query-prompt", "q: ", "--passage-prompt", ""))
        .isEqualTo(new Prompts("q: ", ""));
  }

  @Test
  void halfAWordIsRefused() {
    assertThatThrownBy(() -> chosen("--query-prompt", "q: "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Invalid options: --passage-prompt is missing");
    assertThatThrownBy(() -> chosen("--passage-prompt", "p: "))
        .hasMessageStartingWith("Invalid options: --query-prompt is missing");
    assertThatThrownBy(() -> chosen("--prompts", "e5", "--passage-prompt", "p: "))
        .hasMessageContaining("(must be one or the other)");
    assertThatThrownBy(() -> chosen("--prompts", "E6"))
        .hasMessage("Invalid prompts: E6 (must be e5 or none)");
  }
}
