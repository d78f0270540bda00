package io.e5spark.model.card;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One of the JSON files of a model. */
public final class JsonFile {
  private JsonFile() {}

  /**
   * Reads a file; empty if it does not exist.
   *
   * @throws IllegalArgumentException if it is not JSON
   */
  public static Optional<JsonElement> read(NamedFiles files, String name) throws IOException {
    if (!files.has(name)) {
      return Optional.empty();
    }
    try (InputStream in = files.open(name)) {
      String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Optional.of(JsonParser.parseString(json));
    } catch (JsonParseException e) {
      throw new IllegalArgumentException("its %s is not JSON".formatted(name), e);
    }
  }

  /**
   * Reads a file that must hold an object.
   *
   * @throws IllegalArgumentException if it holds something else
   */
  public static Optional<JsonObject> object(NamedFiles files, String name) throws IOException {
    Optional<JsonElement> read = read(files, name);
    if (read.isPresent() && !read.get().isJsonObject()) {
      throw new IllegalArgumentException("its %s is not a JSON object".formatted(name));
    }
    return read.map(JsonElement::getAsJsonObject);
  }

  /** The value of a key; empty if it is missing or null. */
  public static Optional<JsonElement> value(JsonObject object, String key) {
    return Optional.ofNullable(object.get(key)).filter(value -> !value.isJsonNull());
  }

  /**
   * The text at a key; empty if it is missing or null.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static Optional<String> text(JsonObject object, String key) {
    Optional<JsonElement> value = value(object, key);
    if (value.isPresent() && !isText(value.get())) {
      throw new IllegalArgumentException(
          "its %s is %s (must be a text)".formatted(key, value.get()));
    }
    return value.map(JsonElement::getAsString);
  }

  static boolean isText(JsonElement value) {
    return value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
  }

  /**
   * The true or false at a key; empty if it is missing or null.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static Optional<Boolean> flag(JsonObject object, String key) {
    Optional<JsonElement> value = value(object, key);
    if (value.isPresent() && !isFlag(value.get())) {
      throw new IllegalArgumentException(
          "its %s is %s (must be true or false)".formatted(key, value.get()));
    }
    return value.map(JsonElement::getAsBoolean);
  }

  private static boolean isFlag(JsonElement value) {
    return value.isJsonPrimitive() && value.getAsJsonPrimitive().isBoolean();
  }
}
