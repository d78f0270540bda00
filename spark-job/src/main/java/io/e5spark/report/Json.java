package io.e5spark.report;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.e5spark.config.LoadingSettings;
import io.e5spark.config.RowSettings;
import io.e5spark.config.Settings;
import io.e5spark.config.VectorSettings;
import java.util.Map;

/** Reports as JSON, with keys in snake_case. */
public final class Json {
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .addMixIn(Settings.class, FlatSettings.class);

  private Json() {}

  /** Writes settings as one level of keys. */
  interface FlatSettings {
    @JsonUnwrapped
    LoadingSettings loading();

    @JsonUnwrapped
    VectorSettings vectors();

    @JsonUnwrapped
    RowSettings rows();
  }

  /** The document, indented. */
  public static String of(Object report) {
    try {
      return MAPPER.writeValueAsString(report);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write report as JSON", e);
    }
  }

  /** Reads numbers with two levels of names. */
  public static Map<String, Map<String, Double>> numbers(String json) {
    try {
      return MAPPER.readValue(json, new TypeReference<Map<String, Map<String, Double>>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Cannot read metrics: " + e.getOriginalMessage(), e);
    }
  }

  /** A document on one line, safe inside a script element of a page. */
  public static String inScript(Object value) {
    try {
      return MAPPER
          .writer()
          .without(SerializationFeature.INDENT_OUTPUT)
          .writeValueAsString(value)
          .replace("<", "\\u003c");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write JSON", e);
    }
  }
}
