package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.model.PublishedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Tests that the documents list the same published models as the code. */
class TestDocumentedModels {
  private static final Path PAGE = Path.of("../docs/reference/models.md");

  @Test
  void tableIsThatOfTheCode() throws IOException {
    List<String> rows =
        Files.readAllLines(PAGE).stream()
            .filter(line -> line.matches("\\| `[\\w-]+/[\\w.-]+` \\| \\d.*"))
            .toList();
    assertThat(rows)
        .containsExactlyElementsOf(
            Arrays.stream(PublishedModel.values()).map(TestDocumentedModels::row).toList());
  }

  private static String row(PublishedModel model) {
    return String.format(
        Locale.ROOT,
        "| `%s` | %d | %d | %s | %s | %s | %d |",
        model.hubId(),
        model.layers(),
        model.dimension(),
        model.pooling(),
        prompt(model.prompts().query()),
        prompt(model.prompts().passage()),
        model.maxTokens());
  }

  private static String prompt(String text) {
    return text.isEmpty() ? "none" : "`" + text.replace("\n", "\\n") + "`";
  }
}
