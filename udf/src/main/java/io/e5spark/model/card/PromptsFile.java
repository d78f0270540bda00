package io.e5spark.model.card;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What sentence-transformers put in front of texts.
 *
 * @param query goes in front of a text to search with
 * @param passage goes in front of a text to be searched
 */
public record PromptsFile(String query, String passage) {
  /** The file with the prompts. */
  public static final String FILE = "config_sentence_transformers.json";

  private static final String PROMPTS = "prompts";
  private static final String DEFAULT = "default_prompt_name";
  private static final List<String> QUERY = List.of("query");
  private static final List<String> PASSAGE = List.of("document", "passage", "corpus");

  /**
   * Reads the file; empty if it states nothing. Empty texts alone state nothing, because the
   * library writes them for models without prompts.
   *
   * @throws IllegalArgumentException if it is broken
   */
  public static Optional<PromptsFile> of(NamedFiles files) throws IOException {
    Optional<JsonObject> file = JsonFile.object(files, FILE);
    if (file.isEmpty() || JsonFile.value(file.get(), PROMPTS).isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> all = all(file.get());
    Optional<String> byDefault = JsonFile.text(file.get(), DEFAULT);
    if (byDefault.isPresent() && !all.containsKey(byDefault.get())) {
      throw new IllegalArgumentException(
          "its %s is '%s' (must be one of its prompts %s)"
              .formatted(DEFAULT, byDefault.get(), all.keySet()));
    }
    String others = byDefault.map(all::get).orElse("");
    PromptsFile prompts = new PromptsFile(first(QUERY, all, others), first(PASSAGE, all, others));
    return Optional.of(prompts).filter(some -> !some.query.isEmpty() || !some.passage.isEmpty());
  }

  private static Map<String, String> all(JsonObject file) {
    JsonElement prompts = file.get(PROMPTS);
    if (!prompts.isJsonObject()) {
      throw new IllegalArgumentException(
          "its %s are %s (must be texts by name)".formatted(PROMPTS, prompts));
    }
    Map<String, String> all = new LinkedHashMap<>();
    for (String name : prompts.getAsJsonObject().keySet()) {
      all.put(name, JsonFile.text(prompts.getAsJsonObject(), name).orElse(""));
    }
    return all;
  }

  private static String first(List<String> names, Map<String, String> all, String others) {
    return names.stream().filter(all::containsKey).findFirst().map(all::get).orElse(others);
  }
}
