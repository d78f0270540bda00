package io.e5spark.job.option;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/** Where settings come from, and which source takes precedence. */
public final class SettingsSources {
  private static final String PREFIX = "e5.";
  public static final String SPARK_PREFIX = "spark.e5.";

  private SettingsSources() {}

  /** The {@code spark.e5.*} settings of a session, without this prefix. */
  public static Map<String, String> of(SparkSession spark) {
    return of(CollectionConverters.asJava(spark.conf().getAll()));
  }

  /**
   * The {@code spark.e5.*} settings in the whole configuration of a session, without this prefix.
   */
  static Map<String, String> of(Map<String, String> configuration) {
    Map<String, String> settings = new LinkedHashMap<>();
    configuration.forEach((key, value) -> put(settings, SPARK_PREFIX, key, value));
    return settings;
  }

  /**
   * Merges all sources.
   *
   * @throws IllegalArgumentException if the file cannot be read
   */
  public static Map<String, String> merge(
      SparkSession spark,
      @Nullable Path file,
      Map<String, String> options,
      @Nullable String model) {
    return merge(of(spark), file, options, model);
  }

  /**
   * Merges all sources over the settings of a session.
   *
   * @throws IllegalArgumentException if the file cannot be read
   */
  static Map<String, String> merge(
      Map<String, String> session,
      @Nullable Path file,
      Map<String, String> options,
      @Nullable String model) {
    Map<String, String> merged = new LinkedHashMap<>(session);
    merged.putAll(inFile(file));
    options.forEach((key, value) -> merged.put(withoutPrefix(key), value));
    if (model != null) {
      merged.put("model", model);
    }
    return merged;
  }

  /** The settings in a file, without the prefix; none if there is no file. */
  static Map<String, String> inFile(@Nullable Path file) {
    Map<String, String> settings = new LinkedHashMap<>();
    if (file != null) {
      read(file).forEach((key, value) -> put(settings, PREFIX, key, value));
    }
    return settings;
  }

  private static void put(Map<String, String> merged, String prefix, String key, String value) {
    if (key.startsWith(prefix)) {
      merged.put(key.substring(prefix.length()), value);
    }
  }

  private static String withoutPrefix(String key) {
    return key.startsWith(PREFIX) ? key.substring(PREFIX.length()) : key;
  }

  private static Map<String, String> read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException("Cannot read settings file %s: %s".formatted(file, e), e);
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (String key : properties.stringPropertyNames()) {
      if (!key.startsWith(PREFIX)) {
        throw new IllegalArgumentException(
            "Unknown setting: %s in %s (settings begin with e5.)".formatted(key, file));
      }
      values.put(key, properties.getProperty(key));
    }
    return values;
  }
}
