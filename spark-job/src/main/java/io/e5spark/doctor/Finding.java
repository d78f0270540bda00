package io.e5spark.doctor;

import java.io.Serializable;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing that {@code doctor} examined.
 *
 * @param where the process: {@code driver}, or an executor and its host
 * @param what the thing
 * @param found its state
 * @param remedy what to do about it; null if all is well, or the state says it
 */
public record Finding(Level level, String where, String what, String found, @Nullable String remedy)
    implements Serializable {

  /** The severity of a finding. */
  public enum Level {
    /** Everything is as it should be. */
    OK,
    /** It works, but could be better. */
    WARNING,
    /** Embedding will fail. */
    PROBLEM
  }

  public String line() {
    String name = level == Level.OK ? "ok" : level.name();
    return String.format(
        Locale.ROOT, "%-8s %-9s %s%s", name, what, found, remedy == null ? "" : ": " + remedy);
  }
}
