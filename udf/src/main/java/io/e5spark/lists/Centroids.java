package io.e5spark.lists;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The centroids of the lists of an index. A vector belongs to the list whose centroid has the
 * highest dot product with it; to the first of several such centroids. Immutable.
 */
public final class Centroids implements Serializable {
  private final int lists;
  private final int dimension;

  /**
   * {@code [dimension, lists]}, so that each component is multiplied with all centroids in a row.
   */
  private final float[] components;

  private Centroids(int lists, int dimension, float[] components) {
    this.lists = lists;
    this.dimension = dimension;
    this.components = components;
  }

  /**
   * Centroids by their number.
   *
   * @param vectors at least one, all of one dimension
   */
  public static Centroids of(List<float[]> vectors) {
    int lists = vectors.size();
    int dimension = vectors.get(0).length;
    float[] components = new float[Math.multiplyExact(lists, dimension)];
    for (int list = 0; list < lists; list++) {
      for (int i = 0; i < dimension; i++) {
        components[i * lists + list] = vectors.get(list)[i];
      }
    }
    return new Centroids(lists, dimension, components);
  }

  /** The number of lists. */
  public int lists() {
    return lists;
  }

  /** The dimension of the vectors. */
  public int dimension() {
    return dimension;
  }

  /**
   * The list of a vector, from 0.
   *
   * @throws IllegalArgumentException if the vector has another dimension
   */
  public int nearest(float[] vector) {
    float[] products = products(vector);
    int best = 0;
    for (int list = 1; list < lists; list++) {
      if (products[list] > products[best]) {
        best = list;
      }
    }
    return best;
  }

  /**
   * The lists whose centroids are nearest to a vector, nearest first.
   *
   * @param count the number of lists; all of them if there are fewer
   * @throws IllegalArgumentException if the vector has another dimension
   */
  public List<Integer> nearest(float[] vector, int count) {
    float[] products = products(vector);
    return IntStream.range(0, lists)
        .boxed()
        .sorted(Comparator.comparing((Integer list) -> products[list]).reversed())
        .limit(count)
        .toList();
  }

  private float[] products(float[] vector) {
    if (vector.length != dimension) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot find the list of a vector: it has %d dimensions, the index %d",
              vector.length,
              dimension));
    }
    float[] products = new float[lists];
    for (int i = 0; i < dimension; i++) {
      addProducts(vector[i], i * lists, products);
    }
    return products;
  }

  private void addProducts(float component, int offset, float[] products) {
    for (int list = 0; list < products.length; list++) {
      products[list] += component * components[offset + list];
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Centroids that
        && lists == that.lists
        && Arrays.equals(components, that.components);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(components);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%d centroids of dimension %d", lists, dimension);
  }
}
