package io.e5spark.mteb.random;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The random numbers of {@code numpy.random.RandomState}. Not thread-safe. */
public final class NumpyRandom {
  private final Twister twister;

  /** Starts the stream of a seed. */
  public NumpyRandom(int seed) {
    this.twister = Twister.ofNumpy(seed);
  }

  /** {@code random_sample()}: a number from 0 (inclusive) to 1 (exclusive). */
  public double nextDouble() {
    return twister.nextDouble();
  }

  /** {@code randint(n)}: a number from 0 (inclusive) to {@code n} (exclusive). */
  public int below(int n) {
    int most = n - 1;
    if (most == 0) {
      return 0;
    }
    int mask = -1 >>> Integer.numberOfLeadingZeros(most);
    int drawn = twister.next() & mask;
    while (drawn > most) {
      drawn = twister.next() & mask;
    }
    return drawn;
  }

  /** {@code randint(n, size)}. */
  public int[] below(int n, int size) {
    int[] drawn = new int[size];
    Arrays.setAll(drawn, i -> below(n));
    return drawn;
  }

  /** {@code shuffle(values)}, in place. */
  public void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = below(i + 1);
      int moved = values[i];
      values[i] = values[j];
      values[j] = moved;
    }
  }

  /** {@code permutation(n)}. */
  public int[] permutation(int n) {
    int[] values = IntStream.range(0, n).toArray();
    shuffle(values);
    return values;
  }

  /** {@code choice(n, size, p)} with equal probabilities. */
  public int[] choice(int n, int size) {
    double[] cumulated = cumulated(n);
    int[] drawn = new int[size];
    Arrays.setAll(drawn, i -> firstAbove(cumulated, nextDouble()));
    return drawn;
  }

  /** The sums of rounded shares, divided by the last of them, with numpy's rounding. */
  private static double[] cumulated(int n) {
    double[] cumulated = new double[n];
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += 1.0 / n;
      cumulated[i] = sum;
    }
    double last = sum;
    Arrays.setAll(cumulated, i -> cumulated[i] / last);
    return cumulated;
  }

  private static int firstAbove(double[] cumulated, double value) {
    int found = Arrays.binarySearch(cumulated, value);
    return found < 0 ? -found - 1 : found + 1;
  }
}
