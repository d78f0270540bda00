package io.e5spark.model;

import io.e5spark.config.Settings;
import io.e5spark.config.VectorSettings;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * All that decides a vector beside its text and input type. Vectors are comparable only where it is
 * the same.
 *
 * @param model files and pooling
 * @param settings what is done around the model
 */
public record VectorRecipe(ModelIdentity model, VectorSettings settings) implements Serializable {
  private static final Set<String> KEYS =
      Settings.read(Map.of()).vectors().atMost(ModelCard.E5.maxTokens()).byKey().keySet();

  /**
   * SHA-256 over model file, tokenizer file, pooling, and the settings one by one. The values that
   * a setting had from the first are written as then, so that old tables keep their fingerprints:
   * the prefix by its name, truncation only where texts are averaged.
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
      case "prefix" -> "prefix " + (value.equals("true") ? prompts() : "none") + '\n';
      case "truncate" -> value.equals("cut") ? "" : "truncate " + value + '\n';
      default -> key + ' ' + value + '\n';
    };
  }

  private String prompts() {
    Prompts prompts = model.card().prompts();
    if (prompts.equals(Prompts.NONE)) {
      return "none";
    }
    return prompts.equals(Prompts.E5)
        ? "e5"
        : Sha256.of(prompts.query() + '\0' + prompts.passage());
  }

  /** The settings by key, as tables keep them. */
  public Map<String, String> properties() {
    return new TreeMap<>(settings.byKey());
  }

  /** The keys of {@link #properties}. */
  public static List<String> propertyKeys() {
    return List.copyOf(KEYS);
  }
}
