package io.e5spark.importer.checkpoint;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The number of elements of a tensor along each of its axes.
 *
 * @param sizes the sizes in the file
 */
record TensorShape(List<Long> sizes) {
  static TensorShape of(int... sizes) {
    return new TensorShape(IntStream.of(sizes).asLongStream().boxed().toList());
  }

  /**
   * The number of elements in total.
   *
   * @throws IllegalArgumentException if an array cannot hold so many
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
