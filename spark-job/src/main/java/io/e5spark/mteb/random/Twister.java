package io.e5spark.mteb.random;

import org.apache.commons.math3.random.MersenneTwister;

/** MT19937: a stream of 32-bit numbers, which numpy and Python seed and use in different ways. */
final class Twister {
  private static final double HIGH = 67_108_864;
  private static final double ALL = 9_007_199_254_740_992.0;

  private final MersenneTwister stream;

  private Twister(MersenneTwister stream) {
    this.stream = stream;
  }

  /** A stream that is seeded like {@code numpy.random.RandomState(seed)}. */
  static Twister ofNumpy(int seed) {
    return new Twister(new MersenneTwister(seed));
  }

  /** A stream that is seeded like {@code random.Random(seed)}, for a seed from 0. */
  static Twister ofPython(int seed) {
    return new Twister(new MersenneTwister(new int[] {seed}));
  }

  /** The next 32 bits. */
  int next() {
    return stream.nextInt();
  }

  /** The next number of 53 bits from 0 (inclusive) to 1 (exclusive). */
  double nextDouble() {
    int high = next() >>> 5;
    int low = next() >>> 6;
    return (high * HIGH + low) / ALL;
  }
}
