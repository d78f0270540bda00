package io.e5spark.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads typed values from flat settings, collects every problem, and throws once, in {@link
 * #finish}.
 */
final class SettingsReader {
  private final Map<String, String> unread;
  private final Set<String> known = new LinkedHashSet<>();
  private final List<String> problems = new ArrayList<>();

  SettingsReader(Map<String, String> values) {
    this.unread = new TreeMap<>(values);
  }

  String text(String key, String defaultValue) {
    String value = take(key);
    if (value == null) {
      return defaultValue;
    }
    if (value.isBlank()) {
      problems.add("Invalid %s: '%s' (must not be blank)".formatted(key, value));
    }
    return value;
  }

  /** A text that may be empty, which is also the default. */
  String textOrNone(String key) {
    String value = take(key);
    return value == null || value.isBlank() ? "" : value;
  }

  /** A number, or 0, which is also the default. */
  int integerOrNone(String key, int least, int most) {
    if (unread.getOrDefault(key, "").strip().equals("0")) {
      take(key);
    }
    return integer(key, 0, least, most);
  }

  int integer(String key, int defaultValue, int least, int most) {
    String value = take(key);
    if (value == null) {
      return defaultValue;
    }
    try {
      int number = Integer.parseInt(value.strip());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below like a number out of range.
    }
    problems.add(
        String.format(
            Locale.ROOT, "Invalid %s: %s (must be from %d to %d)", key, value, least, most));
    return defaultValue;
  }

  boolean flag(String key, boolean defaultValue) {
    String value = take(key);
    if (value == null) {
      return defaultValue;
    }
    switch (value.strip().toLowerCase(Locale.ROOT)) {
      case "true", "on" -> {
        return true;
      }
      case "false", "off" -> {
        return false;
      }
      default -> problems.add("Invalid %s: %s (must be true or false)".formatted(key, value));
    }
    return defaultValue;
  }

  <E extends Enum<E>> E choice(String key, E defaultValue) {
    String value = take(key);
    if (value == null) {
      return defaultValue;
    }
    E[] constants = defaultValue.getDeclaringClass().getEnumConstants();
    for (E constant : constants) {
      if (constant.name().equalsIgnoreCase(value.strip())) {
        return constant;
      }
    }
    String names = Arrays.toString(constants).toLowerCase(Locale.ROOT);
    problems.add("Invalid %s: %s (must be one of %s)".formatted(key, value, names));
    return defaultValue;
  }

  /**
   * Ends the reading.
   *
   * @throws IllegalArgumentException if a value was invalid or a key was never read
   */
  void finish() {
    unread.keySet().forEach(key -> problems.add(unknown(key)));
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
  }

  private String unknown(String key) {
    return NearestName.of(key, known)
        .map(name -> "Unknown setting: %s (did you mean %s?)".formatted(key, name))
        .orElseGet(() -> "Unknown setting: %s (known are %s)".formatted(key, known));
  }

  private @Nullable String take(String key) {
    known.add(key);
    return unread.remove(key);
  }
}
