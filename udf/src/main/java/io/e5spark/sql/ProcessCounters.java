package io.e5spark.sql;

import io.e5spark.embed.Counter;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** What this process has counted since it started, over all queries. */
final class ProcessCounters {
  private static final Map<Counter, LongAdder> COUNTERS = new EnumMap<>(Counter.class);

  static {
    for (Counter counter : Counter.values()) {
      COUNTERS.put(counter, new LongAdder());
    }
  }

  private ProcessCounters() {}

  static void add(Counter counter, long amount) {
    adder(counter).add(amount);
  }

  static long sum(Counter counter) {
    return adder(counter).sum();
  }

  private static LongAdder adder(Counter counter) {
    return Objects.requireNonNull(COUNTERS.get(counter));
  }
}
