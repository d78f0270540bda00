package io.e5spark.sql.expression;

import io.e5spark.config.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/** The {@code spark.e5.*} settings of a session. */
public final class SessionSettings {
  private static final String PREFIX = "spark.e5.";

  private SessionSettings() {}

  /** The settings of the session whose query is being analyzed. */
  public static Settings active() {
    Map<String, String> settings = new LinkedHashMap<>();
    // SQLConf would not do: while Spark resolves a view, it holds the settings of the view, without
    // ours.
    CollectionConverters.asJava(SparkSession.active().conf().getAll())
        .forEach(
            (key, value) -> {
              if (key.startsWith(PREFIX)) {
                settings.put(key.substring(PREFIX.length()), value);
              }
            });
    return Settings.read(settings);
  }
}
