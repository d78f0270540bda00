package io.e5spark.mteb.random;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

/** The random numbers of Python's {@code random.Random}. Not thread-safe. */
public final class PythonRandom {
  private static final int SMALLEST_SET = 21;

  private final Twister twister;

  /** Starts the stream of a seed from 0. */
  public PythonRandom(int seed) {
    this.twister = Twister.ofPython(seed);
  }

  private int below(int n) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(n);
    int drawn = twister.next() >>> (Integer.SIZE - bits);
    while (drawn >= n) {
      drawn = twister.next() >>> (Integer.SIZE - bits);
    }
    return drawn;
  }

  /** {@code choices(range(n), k=k)}: with replacement. */
  public int[] choices(int n, int k) {
    int[] chosen = new int[k];
    Arrays.setAll(chosen, i -> (int) (twister.nextDouble() * n));
    return chosen;
  }

  /** {@code sample(range(n), k)}: without replacement, in the order drawn. */
  public int[] sample(int n, int k) {
    return n <= largestPool(k) ? fromPool(n, k) : bySet(n, k);
  }

  private static double largestPool(int k) {
    return k > 5
        ? SMALLEST_SET + Math.pow(4, Math.ceil(Math.log(k * 3.0) / Math.log(4)))
        : SMALLEST_SET;
  }

  private int[] fromPool(int n, int k) {
    int[] pool = IntStream.range(0, n).toArray();
    int[] drawn = new int[k];
    for (int i = 0; i < k; i++) {
      int at = below(n - i);
      drawn[i] = pool[at];
      pool[at] = pool[n - i - 1];
    }
    return drawn;
  }

  private int[] bySet(int n, int k) {
    Set<Integer> seen = new HashSet<>();
    int[] drawn = new int[k];
    for (int i = 0; i < k; i++) {
      int one = below(n);
      while (!seen.add(one)) {
        one = below(n);
      }
      drawn[i] = one;
    }
    return drawn;
  }
}
