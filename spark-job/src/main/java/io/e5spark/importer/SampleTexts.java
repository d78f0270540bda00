package io.e5spark.importer;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * Passages and queries with their prefixes: those of the English sample, and some in other scripts.
 */
public final class SampleTexts {
  private static final String FOLDER = "/e5-sample/";

  /**
   * One text per line. Each language has one in an even and one in an odd line, so both halves have
   * every language.
   */
  private static final String LANGUAGES = "/io/e5spark/importer/sample-languages.txt";

  private SampleTexts() {}

  /** All texts. */
  public static List<String> read() {
    return Stream.of(
            json("corpus.jsonl").map(one -> "passage: " + field(one, "title") + " " + text(one)),
            json("queries.jsonl").map(one -> "query: " + text(one)),
            lines(LANGUAGES))
        .flatMap(texts -> texts)
        .toList();
  }

  private static String text(JsonObject line) {
    return field(line, "text");
  }

  private static String field(JsonObject line, String name) {
    return line.get(name).getAsString();
  }

  private static Stream<JsonObject> json(String name) {
    return lines(FOLDER + name).map(line -> JsonParser.parseString(line).getAsJsonObject());
  }

  private static Stream<String> lines(String name) {
    InputStream file = SampleTexts.class.getResourceAsStream(name);
    if (file == null) {
      throw new IllegalStateException(
          "Cannot read the sample: %s is not on the class path".formatted(name));
    }
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      return reader.lines().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the sample: " + e.getMessage(), e);
    }
  }
}
