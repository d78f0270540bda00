package io.e5spark.importer.checkpoint;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How many numbers a tensor has along each of its axes.
 *
 * @param sizes as files of weights have them
 */
record TensorShape(List<Long> sizes) {
  static TensorShape of(int... sizes) {
    return new TensorShape(IntStream.of(sizes).asLongStream().boxed().toList());
  }

  /**
   * How many numbers it has in all.
   *
   * @throws IllegalArgumentException if that are more than an array holds
   */
  int count() {
    try {
      return Math.toIntExact(sizes.stream().reduce(1L, Math::multiplyExact));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "a tensor of shape %s has too many numbers".formatted(sizes), e);
    }
  }
}
