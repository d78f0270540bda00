package io.e5spark.doctor;

import java.util.List;

/** The versions of Spark that e5-spark is tested on, which are also the profiles of the build. */
final class SupportedSpark {
  static final List<String> VERSIONS = List.of("3.5", "4.0", "4.1", "4.2");

  private SupportedSpark() {}

  /**
   * Whether this is one of them.
   *
   * @param version the complete version
   */
  static boolean has(String version) {
    return VERSIONS.stream().anyMatch(one -> version.startsWith(one + "."));
  }

  /** The versions for messages. */
  static String text() {
    int last = VERSIONS.size() - 1;
    return String.join(", ", VERSIONS.subList(0, last)) + " and " + VERSIONS.get(last);
  }
}
