package io.e5spark.benchmark;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.StatUtils;

/** What the rounds of a benchmark have in common. */
final class Rounds {
  private static final int MIDDLE = 50;

  private Rounds() {}

  /** The median of one figure over at least one round. */
  static <T> double median(List<T> rounds, ToDoubleFunction<T> figure) {
    return StatUtils.percentile(rounds.stream().mapToDouble(figure).toArray(), MIDDLE);
  }
}
