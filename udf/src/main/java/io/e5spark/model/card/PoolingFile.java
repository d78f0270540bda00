package io.e5spark.model.card;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The configuration of a model's pooling.
 *
 * @param file the name of the file
 * @param modes the names of what is computed, such as {@code mean} or {@code cls}; several results
 *     are concatenated
 * @param includesPrompt whether the tokens of the prompt are pooled as well
 */
public record PoolingFile(String file, List<String> modes, boolean includesPrompt) {
  private static final String MODE = "pooling_mode";
  private static final String FLAG = "pooling_mode_";
  private static final String MEAN = "mean";
  private static final String MEAN_FLAG = "pooling_mode_mean_tokens";

  /**
   * Reads the file that the modules name; empty if they name none.
   *
   * @throws IllegalArgumentException if it is broken
   */
  public static Optional<PoolingFile> of(NamedFiles files, Modules modules) throws IOException {
    if (modules.pooling().isEmpty()) {
      return Optional.empty();
    }
    String file = modules.pooling().get();
    return JsonFile.object(files, file)
        .map(
            json ->
                new PoolingFile(
                    file, modes(json), JsonFile.flag(json, "include_prompt").orElse(true)));
  }

  private static List<String> modes(JsonObject json) {
    return JsonFile.value(json, MODE).map(PoolingFile::named).orElseGet(() -> flagged(json));
  }

  /** The modes as sentence-transformers 5.4 and later write them: a name, or a list of names. */
  private static List<String> named(JsonElement mode) {
    List<JsonElement> all = mode.isJsonArray() ? mode.getAsJsonArray().asList() : List.of(mode);
    List<String> names = new ArrayList<>();
    for (JsonElement one : all) {
      if (!JsonFile.isText(one)) {
        throw new IllegalArgumentException(
            "its %s is %s (must be a name or a list of names)".formatted(MODE, mode));
      }
      names.add(one.getAsString().toLowerCase(Locale.ROOT));
    }
    return names;
  }

  /** The modes as earlier versions write them: one key for each. The mean is the default. */
  private static List<String> flagged(JsonObject json) {
    List<String> names = new ArrayList<>();
    for (String key : json.keySet()) {
      if (key.startsWith(FLAG) && JsonFile.flag(json, key).orElse(false)) {
        names.add(key.substring(FLAG.length()).replaceFirst("_tokens?$", ""));
      }
    }
    return names.isEmpty() && JsonFile.flag(json, MEAN_FLAG).isEmpty() ? List.of(MEAN) : names;
  }

  /** The modes for a message. */
  public String mode() {
    return modes.isEmpty() ? "none" : String.join(" and ", modes);
  }
}
