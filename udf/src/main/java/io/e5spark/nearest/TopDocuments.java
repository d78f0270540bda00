package io.e5spark.nearest;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The best documents of one query so far, at most {@code k}: higher scores come first, equal ones
 * in the order of their rows. The result does not depend on the order of arrival. Not thread-safe.
 *
 * <p>A document is kept as a key, which is smaller for a better score and has the number of the
 * document in its lower half.
 */
public final class TopDocuments {
  private static final int FEWEST_KEYS = 16;

  private final int k;
  private final DocumentIds ids;
  private final RowOrder order;
  private long[] keys = new long[FEWEST_KEYS];
  private int size;
  private float threshold = Float.NEGATIVE_INFINITY;

  /**
   * Holds none yet.
   *
   * @param ids the documents by number
   * @param order the order of documents with equal scores
   */
  TopDocuments(int k, DocumentIds ids, RowOrder order) {
    this.k = k;
    this.ids = ids;
    this.order = order;
  }

  /**
   * The least score that may still matter; a document with an equal score may matter because of its
   * id.
   */
  float threshold() {
    return threshold;
  }

  /** Adds a document whose score is not below the threshold. */
  void add(float score, int document) {
    if (size == keys.length) {
      makeRoom();
      if (score < threshold) {
        return;
      }
    }
    keys[size++] = key(score, document);
  }

  private void makeRoom() {
    // Up to twice k are kept, so each is looked at only a few times, however many come.
    if (size < 2L * k) {
      keys = Arrays.copyOf(keys, (int) Math.max(FEWEST_KEYS, Math.min(2L * k, 2L * size)));
    } else {
      keepBest();
    }
  }

  /** Keeps the best k, in no particular order. */
  private void keepBest() {
    if (size <= k) {
      return;
    }
    select();
    long last = Arrays.stream(keys, 0, k).max().orElseThrow();
    threshold = score(last);
    if (score(keys[k]) == threshold) {
      order();
    }
    size = k;
  }

  private static long key(float score, int document) {
    // Makes -0.0 and 0.0 equal scores.
    int bits = Float.floatToIntBits(score + 0f);
    return ((long) ~inOrder(bits) << Integer.SIZE) | document;
  }

  private static float score(long key) {
    return Float.intBitsToFloat(inOrder(~(int) (key >> Integer.SIZE)));
  }

  /** Converts the bits of a float to an integer in the order of the floats, and back. */
  private static int inOrder(int bits) {
    return bits < 0 ? bits ^ Integer.MAX_VALUE : bits;
  }

  /** Hoare's selection: puts the key after the k smallest in its place, and those before it. */
  private void select() {
    int low = 0;
    int high = size - 1;
    while (low < high) {
      int middle = partition(low, high);
      if (middle == k) {
        return;
      } else if (middle < k) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
  }

  /**
   * Moves keys that are smaller than the middle one before it; returns the place of the middle one.
   */
  private int partition(int low, int high) {
    int middle = (low + high) >>> 1;
    long pivot = keys[middle];
    keys[middle] = keys[high];
    int next = low;
    // There is no branch on the comparison, because no processor can predict its outcome.
    for (int i = low; i < high; i++) {
      long key = keys[i];
      keys[i] = keys[next];
      keys[next] = key;
      next += key < pivot ? 1 : 0;
    }
    keys[high] = keys[next];
    keys[next] = pivot;
    return next;
  }

  /** Sorts everything that is kept. */
  private void order() {
    Arrays.sort(keys, 0, size);
    for (int start = 0; start < size; ) {
      int end = start + 1;
      while (end < size && score(keys[end]) == score(keys[start])) {
        end++;
      }
      orderById(start, end);
      start = end;
    }
  }

  private void orderById(int start, int end) {
    if (end - start > 1) {
      long[] ordered =
          Arrays.stream(keys, start, end)
              .boxed()
              .sorted((a, b) -> order.compare(id(a), id(b)))
              .mapToLong(Long::longValue)
              .toArray();
      System.arraycopy(ordered, 0, keys, start, ordered.length);
    }
  }

  private byte[] id(long key) {
    return ids.id((int) key);
  }

  /** Adds the numbers of the best documents, the only ones that are kept. */
  void addNumbers(BitSet numbers) {
    keepBest();
    for (int i = 0; i < size; i++) {
      numbers.set((int) keys[i]);
    }
  }

  /** Replaces the numbers of the documents, given by the old ones. */
  void renumber(int[] numbers) {
    for (int i = 0; i < size; i++) {
      keys[i] = key(score(keys[i]), numbers[(int) keys[i]]);
    }
  }

  /** Adds the documents of a packed block. */
  void add(byte[] packed) {
    ByteBuffer block = ByteBuffer.wrap(packed);
    while (block.hasRemaining()) {
      float score = block.getFloat();
      byte[] id = id(block);
      if (score >= threshold) {
        add(score, ids.add(id));
      }
    }
  }

  private static byte[] id(ByteBuffer block) {
    byte[] id = new byte[block.getInt()];
    block.get(id);
    return id;
  }

  /**
   * The best documents, in order, as one block of bytes to be sent, because Spark takes long to
   * measure and write many small arrays.
   */
  byte[] packed() {
    keepBest();
    order();
    int bytes = size * (Float.BYTES + Integer.BYTES);
    for (int i = 0; i < size; i++) {
      bytes = Math.addExact(bytes, id(keys[i]).length);
    }
    ByteBuffer block = ByteBuffer.allocate(bytes);
    for (int i = 0; i < size; i++) {
      byte[] id = id(keys[i]);
      block.putFloat(score(keys[i])).putInt(id.length).put(id);
    }
    return block.array();
  }

  /** The documents of a packed block, in its order. */
  public static List<Scored> unpacked(byte[] packed) {
    List<Scored> documents = new ArrayList<>();
    ByteBuffer block = ByteBuffer.wrap(packed);
    while (block.hasRemaining()) {
      float score = block.getFloat();
      documents.add(new Scored(id(block), score));
    }
    return documents;
  }
}
