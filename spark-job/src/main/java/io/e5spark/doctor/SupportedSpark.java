package io.e5spark.doctor;

import java.util.List;

/** The versions of Spark that e5-spark is tested on; the profiles of the build are the same. */
final class SupportedSpark {
  static final List<String> VERSIONS = List.of("3.5", "4.0", "4.1", "4.2");

  private SupportedSpark() {}

  /**
   * Whether this is one of them.
   *
   * @param version with all its parts
   */
  static boolean has(String version) {
    return VERSIONS.stream().anyMatch(one -> version.startsWith(one + "."));
  }

  /** As people read them. */
  static String text() {
    int last = VERSIONS.size() - 1;
    return String.join(", ", VERSIONS.subList(0, last)) + " and " + VERSIONS.get(last);
  }
}
