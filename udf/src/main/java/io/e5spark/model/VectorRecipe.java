package io.e5spark.model;

import io.e5spark.config.InputType;
import io.e5spark.config.Settings;
import io.e5spark.config.VectorSettings;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that decides a vector besides its text and its input type. Only vectors of the same
 * recipe are comparable.
 *
 * @param model the files and the pooling
 * @param settings what is done around the model
 */
public record VectorRecipe(ModelIdentity model, VectorSettings settings) implements Serializable {
  private static final String TASK = "task";

  /**
   * The SHA-256 over the model file, the tokenizer file, the pooling, and the settings one by one.
   * A value that a setting had from the first release is written as it was then, so old tables keep
   * their fingerprints: the prompts of E5 by that name, and truncation only if segments are
   * averaged, and products in bfloat16 only if there are any. The task does not take part, because
   * queries of any task search the same passages.
   */
  public String fingerprint() {
    StringBuilder lines = new StringBuilder();
    lines.append("graph ").append(model.graphSha256()).append('\n');
    lines.append("tokenizer ").append(model.tokenizerSha256()).append('\n');
    lines.append("pooling ").append(model.card().pooling()).append('\n');
    settings.byKey().forEach((key, value) -> lines.append(line(key, value)));
    return Sha256.of(lines.toString());
  }

  private String line(String key, String value) {
    return switch (key) {
      case "prefix" -> "prefix " + promptsLine() + '\n';
      case "truncate" -> value.equals("cut") ? "" : "truncate " + value + '\n';
      case VectorSettings.ARM64_BFLOAT16 -> settings.arm64Bfloat16() ? key + '\n' : "";
      case TASK -> "";
      default -> key + ' ' + value + '\n';
    };
  }

  private String promptsLine() {
    Prompts prompts = prompts();
    if (prompts.equals(Prompts.NONE)) {
      return "none";
    }
    return prompts.equals(Prompts.E5)
        ? "e5"
        : Sha256.of(prompts.query() + '\0' + prompts.passage());
  }

  /** What goes in front of texts, with a place for the task if the model takes one. */
  public Prompts prompts() {
    return settings.prefix() ? model.card().prompts() : Prompts.NONE;
  }

  /** What goes in front of texts, with the task in its place. */
  public Prompts promptsForTask() {
    return prompts().withTask(settings.task());
  }

  /** The settings that decide vectors of this side of the search, as tables keep them. */
  public Map<String, String> properties(InputType type) {
    Map<String, String> properties = new TreeMap<>(settings.byKey());
    if (type == InputType.PASSAGE || !prompts().takesTask()) {
      properties.remove(TASK);
    }
    if (!settings.arm64Bfloat16()) {
      properties.remove(VectorSettings.ARM64_BFLOAT16);
    }
    return properties;
  }

  /** All keys that {@link #properties} may have. */
  public static List<String> propertyKeys() {
    return List.copyOf(Settings.read(Map.of()).vectors().byKey().keySet());
  }
}
