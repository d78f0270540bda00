package io.e5spark.report;

import io.e5spark.platform.Resource;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The versions in the root pom, as the build recorded them. */
public final class Versions {
  private static final String FILE = "versions.properties";

  private final Properties versions;

  private Versions(Properties versions) {
    this.versions = versions;
  }

  /**
   * The versions of this build.
   *
   * @throws IllegalStateException if the build recorded none
   */
  public static Versions read() {
    return parse(new Resource(Versions.class, FILE).text());
  }

  static Versions parse(String text) {
    Properties versions = new Properties();
    try {
      versions.load(new StringReader(text));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read versions: " + e.getMessage(), e);
    }
    return new Versions(versions);
  }

  /**
   * The version of an artifact, such as {@code e5-spark} or {@code chart.js}.
   *
   * @throws IllegalStateException if the build did not record it
   */
  public String of(String artifact) {
    String version = versions.getProperty(artifact, "");
    if (version.isEmpty() || version.contains("${")) {
      throw new IllegalStateException(
          "Cannot tell the version of %s: %s has none (build with Maven, which writes it)"
              .formatted(artifact, FILE));
    }
    return version;
  }
}
