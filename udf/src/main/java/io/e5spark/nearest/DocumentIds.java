package io.e5spark.nearest;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Documents by number, in the order they were added: their ids, or all that is kept of them. What
 * is kept for a document many times over is its number, which costs the garbage collector nothing.
 * Not thread-safe.
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

  /** An id, or what is kept of a document; its number. */
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

  /** Whether it is time to retain what is used. */
  boolean isLarge() {
    return size >= limit || bytes >= byteLimit;
  }

  /** Forgets the others and numbers these anew, in the same order; new numbers by old ones. */
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
