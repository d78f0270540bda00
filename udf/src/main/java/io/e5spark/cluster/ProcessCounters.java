package io.e5spark.cluster;

import io.e5spark.embed.Counter;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** What this process has counted since its start, over all queries. */
public final class ProcessCounters {
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

  public static long sum(Counter counter) {
    return adder(counter).sum();
  }

  private static LongAdder adder(Counter counter) {
    return Objects.requireNonNull(COUNTERS.get(counter));
  }
}
