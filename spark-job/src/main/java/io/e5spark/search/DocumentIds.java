package io.e5spark.search;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Document ids by number, in the order they were added: what is kept for a document many times over
 * is its number, which costs the garbage collector nothing. Not thread-safe.
 */
final class DocumentIds {
  private static final int FEWEST = 1 << 10;
  private static final int MANY = 1 << 18;

  private byte[][] ids = new byte[FEWEST][];
  private int size;
  private int limit = MANY;

  int size() {
    return size;
  }

  /** An id as UTF-8; its number. */
  int add(byte[] id) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, Math.multiplyExact(2, size));
    }
    ids[size] = id;
    return size++;
  }

  byte[] id(int number) {
    return ids[number];
  }

  /** Whether it is time to retain what is used. */
  boolean isLarge() {
    return size >= limit;
  }

  /** Forgets the others and numbers these anew, in the same order; new numbers by old ones. */
  int[] retain(BitSet used) {
    int[] numbers = new int[size];
    int kept = 0;
    for (int old = used.nextSetBit(0); old >= 0; old = used.nextSetBit(old + 1)) {
      numbers[old] = kept;
      ids[kept++] = ids[old];
    }
    Arrays.fill(ids, kept, size, null);
    size = kept;
    limit = Math.max(MANY, Math.multiplyExact(2, kept));
    return numbers;
  }
}
