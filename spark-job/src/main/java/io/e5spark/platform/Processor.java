package io.e5spark.platform;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The processor of a host as Linux describes it.
 *
 * @param name its name, or its architecture where Linux does not name it
 * @param threadsPerCore the number of hardware threads that share a core, at least 1
 * @param features the lower-case names of its instruction sets; empty where the system is not Linux
 */
public record Processor(String name, int threadsPerCore, Set<String> features)
    implements Serializable {
  private static final Path DESCRIPTION = Path.of("/proc/cpuinfo");

  public Processor {
    features = Set.copyOf(features);
  }

  /** The processor of this host. */
  public static Processor ofThisHost() {
    try {
      return parse(
          Files.isReadable(DESCRIPTION) ? Files.readString(DESCRIPTION) : "",
          System.getProperty("os.arch"));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + DESCRIPTION, e);
    }
  }

  /**
   * Reads a description.
   *
   * @param description the text of {@code /proc/cpuinfo}
   * @param architecture the name that stands in for a missing one
   */
  static Processor parse(String description, String architecture) {
    List<String> names = values(description, "model name");
    Set<String> features = new HashSet<>();
    values(description, "(?:flags|Features)").stream()
        .map(line -> Arrays.asList(line.split(" ", -1)))
        .forEach(features::addAll);
    return new Processor(
        names.isEmpty() ? architecture : names.get(0),
        Math.max(1, count(description, "siblings") / count(description, "cpu cores")),
        features);
  }

  /** At least 1; some virtual machines give 0. */
  private static int count(String description, String key) {
    return values(description, key).stream()
        .mapToInt(value -> Math.max(1, Integer.parseInt(value)))
        .findFirst()
        .orElse(1);
  }

  /** The values of a key in the part of the first hardware thread. */
  private static List<String> values(String description, String key) {
    String first = description.split("\n\n", 2)[0];
    Matcher line = Pattern.compile("(?m)^" + key + "\\s*: *(\\S.*?) *$").matcher(first);
    return line.results().map(found -> found.group(1)).toList();
  }

  /** Whether the processor has at least one of these instruction sets. */
  public boolean hasAny(Collection<String> names) {
    return names.stream().anyMatch(features::contains);
  }
}
