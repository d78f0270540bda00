package io.e5spark.model.card;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The parts of a model of sentence-transformers, as {@code modules.json} lists them.
 *
 * @param kinds the last parts of their types, in order; empty if there is no {@code modules.json}
 * @param encoder the directory with the files of the encoder, followed by {@code /}, or empty
 * @param pooling the file with the configuration of the pooling, if there is one
 */
public record Modules(List<String> kinds, String encoder, Optional<String> pooling) {
  /** The file that lists the parts. */
  public static final String FILE = "modules.json";

  private static final String TRANSFORMER = "Transformer";
  private static final String POOLING = "Pooling";
  private static final String NORMALIZE = "Normalize";
  private static final List<String> KNOWN = List.of(TRANSFORMER, POOLING, NORMALIZE);
  private static final String CONFIG = "config.json";
  private static final String USUAL_POOLING = "1_Pooling/" + CONFIG;

  /**
   * Reads the list or, without the file, takes the parts in their usual places.
   *
   * @throws IllegalArgumentException if the file is broken
   */
  public static Modules of(NamedFiles files) throws IOException {
    Optional<JsonElement> list = JsonFile.read(files, FILE);
    if (list.isPresent()) {
      return listed(list.get());
    }
    Optional<String> pooling = Optional.of(USUAL_POOLING);
    return new Modules(List.of(), "", files.has(USUAL_POOLING) ? pooling : Optional.empty());
  }

  private static Modules listed(JsonElement list) {
    if (!(list instanceof JsonArray modules)) {
      throw new IllegalArgumentException("its %s is not a list".formatted(FILE));
    }
    List<String> kinds = new ArrayList<>();
    String encoder = "";
    Optional<String> pooling = Optional.empty();
    for (JsonElement module : modules) {
      String kind = kind(module);
      kinds.add(kind);
      if (kind.equals(TRANSFORMER)) {
        encoder = directory(kind, module);
      } else if (kind.equals(POOLING)) {
        pooling = Optional.of(directory(kind, module) + CONFIG);
      }
    }
    return new Modules(List.copyOf(kinds), encoder, pooling);
  }

  private static String kind(JsonElement module) {
    String type =
        module instanceof JsonObject object ? JsonFile.text(object, "type").orElse("") : "";
    if (type.isEmpty()) {
      throw new IllegalArgumentException(
          "its %s has a module without type: %s".formatted(FILE, module));
    }
    return type.substring(type.lastIndexOf('.') + 1);
  }

  private static String directory(String kind, JsonElement module) {
    String path =
        JsonFile.text(module.getAsJsonObject(), "path")
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "its %s has a %s without path".formatted(FILE, kind)));
    String directory = path.replaceFirst("^\\.(/+|$)", "").replaceFirst("/+$", "");
    if (!directory.matches("|(?!.*\\.\\.)[\\w.-]+(/[\\w.-]+)*")) {
      throw new IllegalArgumentException(
          "its %s names the directory '%s' (must be one below)".formatted(FILE, path));
    }
    return directory.isEmpty() ? "" : directory + "/";
  }

  /**
   * Checks that the parts are an encoder, a pooling and possibly a normalization, and that all of
   * them exist.
   *
   * @throws IllegalArgumentException if not
   */
  public void requireServed(NamedFiles files) throws IOException {
    for (String kind : kinds) {
      if (!KNOWN.contains(kind)) {
        throw new IllegalArgumentException(
            "its %s has a %s (must be of %s)".formatted(FILE, kind, KNOWN));
      }
    }
    boolean complete = kinds.isEmpty() || kinds.equals(KNOWN) || kinds.equals(KNOWN.subList(0, 2));
    if (!complete) {
      throw new IllegalArgumentException(
          "its %s lists %s (must be [Transformer, Pooling] or %s)".formatted(FILE, kinds, KNOWN));
    }
    if (!encoder.isEmpty()) {
      requireThere(encoder + CONFIG, files);
    }
    if (pooling.isPresent()) {
      requireThere(pooling.get(), files);
    }
  }

  private static void requireThere(String file, NamedFiles files) throws IOException {
    if (!files.has(file)) {
      throw new IllegalArgumentException(
          "its %s names the directory %s, but there is no %s"
              .formatted(FILE, file.substring(0, Math.max(0, file.lastIndexOf('/'))), file));
    }
  }

  /** Whether vectors get norm 1, which is the default. */
  public boolean normalize() {
    return kinds.isEmpty() || kinds.contains(NORMALIZE);
  }
}
