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

/** The sample's passages and queries, with their prefixes. */
public final class SampleTexts {
  private static final String FOLDER = "/e5-sample/";

  private SampleTexts() {}

  /** All of them. */
  public static List<String> read() {
    return Stream.concat(
            lines("corpus.jsonl").map(one -> "passage: " + field(one, "title") + " " + text(one)),
            lines("queries.jsonl").map(one -> "query: " + text(one)))
        .toList();
  }

  private static String text(JsonObject line) {
    return field(line, "text");
  }

  private static String field(JsonObject line, String name) {
    return line.get(name).getAsString();
  }

  private static Stream<JsonObject> lines(String name) {
    InputStream file = SampleTexts.class.getResourceAsStream(FOLDER + name);
    if (file == null) {
      throw new IllegalStateException(
          "Cannot read the sample: %s is not on the class path".formatted(FOLDER + name));
    }
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .map(line -> JsonParser.parseString(line).getAsJsonObject())
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the sample: " + e.getMessage(), e);
    }
  }
}
