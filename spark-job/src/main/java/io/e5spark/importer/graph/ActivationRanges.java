package io.e5spark.importer.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The ranges of several tensors by name. */
final class ActivationRanges {
  private final Map<String, ActivationRange> ranges = new LinkedHashMap<>();

  /** Ranges of vectors of one size that have not been seen yet. */
  ActivationRanges(List<String> names, int size) {
    names.forEach(name -> ranges.put(name, new ActivationRange(size)));
  }

  Set<String> names() {
    return ranges.keySet();
  }

  ActivationRange of(String name) {
    return Objects.requireNonNull(ranges.get(name), name);
  }
}
