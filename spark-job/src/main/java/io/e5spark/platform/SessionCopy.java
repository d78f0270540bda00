package io.e5spark.platform;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/** A session of its own with the settings of another, which stays unchanged. */
public final class SessionCopy {
  /**
   * The setting that gives a session classes of its own, which no session of e5-spark needs. Tasks
   * of a session without it use the generated classes of all such sessions, and need not compile
   * them again.
   */
  public static final String OWN_CLASSES = "spark.sql.artifact.isolation.enabled";

  private static final Map<String, String> STRICT =
      Map.of(
          "spark.sql.files.ignoreMissingFiles", "false",
          "spark.sql.files.ignoreCorruptFiles", "false");

  private SessionCopy() {}

  /**
   * The copy.
   *
   * @param defaults settings that apply if the other session does not have them
   * @param firm settings that always apply
   */
  public static SparkSession of(
      SparkSession spark, Map<String, String> defaults, Map<String, String> firm) {
    SparkSession own = spark.newSession();
    own.catalog().setCurrentCatalog(spark.catalog().currentCatalog());
    own.catalog().setCurrentDatabase(spark.catalog().currentDatabase());
    Map<String, String> inherited = CollectionConverters.asJava(own.conf().getAll());
    Map<String, String> wanted = new LinkedHashMap<>(defaults);
    wanted.putAll(CollectionConverters.asJava(spark.conf().getAll()));
    wanted.put(OWN_CLASSES, "false");
    wanted.putAll(firm);
    wanted
        .entrySet()
        .removeIf(setting -> setting.getValue().equals(inherited.get(setting.getKey())));
    // A session may hold settings that nobody can set any more.
    wanted.forEach(own.sessionState().conf()::setConfString);
    return own;
  }

  /**
   * A session in which a missing or broken file ends a query, as a Delta table requires: its files
   * are never missing intentionally. Returns the given session if it already is one.
   */
  public static SparkSession strict(SparkSession spark) {
    boolean isStrict =
        STRICT.keySet().stream()
            .noneMatch(key -> "true".equalsIgnoreCase(spark.conf().get(key, "false")));
    return isStrict ? spark : of(spark, Map.of(), STRICT);
  }
}
