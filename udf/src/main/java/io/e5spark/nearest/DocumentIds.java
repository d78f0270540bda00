package io.e5spark.nearest;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Documents by number, in the order in which they were added, with their ids or whatever is kept of
 * them. What exists many times for one document is its number, which costs the garbage collector
 * nothing. Not thread-safe.
 */
final class DocumentIds {
  private static final int FEWEST = 1 << 10;
  private static final int MANY = 1 << 18;
  private static final long MANY_BYTES = 64L << 20;

  private byte[][] ids = new byte[FEWEST][];
  private int size;
  private int limit = MANY;
  private long bytes;
  private long byteLimit = MANY_BYTES;

  int size() {
    return size;
  }

  /** Adds an id, or whatever is kept of a document; returns its number. */
  int add(byte[] id) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, Math.multiplyExact(2, size));
    }
    ids[size] = id;
    bytes += id.length;
    return size++;
  }

  byte[] id(int number) {
    return ids[number];
  }

  /** Whether it is time to drop what is unused. */
  boolean isLarge() {
    return size >= limit || bytes >= byteLimit;
  }

  /**
   * Drops the others and numbers these again, in the same order; returns the new numbers by the old
   * ones.
   */
  int[] retain(BitSet used) {
    int[] numbers = new int[size];
    int kept = 0;
    bytes = 0;
    for (int old = used.nextSetBit(0); old >= 0; old = used.nextSetBit(old + 1)) {
      numbers[old] = kept;
      bytes += ids[old].length;
      ids[kept++] = ids[old];
    }
    Arrays.fill(ids, kept, size, null);
    size = kept;
    limit = Math.max(MANY, Math.multiplyExact(2, kept));
    byteLimit = Math.max(MANY_BYTES, 2 * bytes);
    return numbers;
  }
}
