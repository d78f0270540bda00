package io.e5spark.eval;

import io.e5spark.eval.metric.ScoredDocument;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The best documents of one query seen so far, no more than {@code k}: higher scores first, equal
 * ones by id descending in UTF-8 bytes, as trec_eval ranks. What is kept does not depend on the
 * order of arrival. Not thread-safe.
 */
final class TopDocuments {
  private static final int FEWEST_SLOTS = 16;

  private final int k;
  private float[] scores = new float[FEWEST_SLOTS];
  private byte[][] ids = new byte[FEWEST_SLOTS][];
  private int size;
  private float threshold = Float.NEGATIVE_INFINITY;

  TopDocuments(int k) {
    this.k = k;
  }

  /** The least score that may still matter; equal ones may, by their id. */
  float threshold() {
    return threshold;
  }

  /** Takes a document whose score is not below the threshold. */
  void add(float score, byte[] id) {
    if (size == scores.length) {
      makeRoom();
      if (score < threshold) {
        return;
      }
    }
    // Makes -0.0 and 0.0 one score.
    scores[size] = score + 0f;
    ids[size++] = id;
  }

  private void makeRoom() {
    // Kept up to twice over, so that each is looked at a few times, however many come.
    if (size < 2 * k) {
      int slots = (int) Math.max(FEWEST_SLOTS, Math.min(2L * k, 2L * size));
      scores = Arrays.copyOf(scores, slots);
      ids = Arrays.copyOf(ids, slots);
    } else {
      keepBest();
    }
  }

  /** Leaves the best k, in no order. */
  private void keepBest() {
    if (size <= k) {
      return;
    }
    float least = kthScore();
    int kept = 0;
    byte[][] ties = new byte[size][];
    int tied = 0;
    for (int i = 0; i < size; i++) {
      if (scores[i] > least) {
        scores[kept] = scores[i];
        ids[kept++] = ids[i];
      } else if (scores[i] == least) {
        ties[tied++] = ids[i];
      }
    }
    if (tied > k - kept) {
      Arrays.sort(ties, 0, tied, TopDocuments::descending);
    }
    for (int i = 0; kept < k; i++, kept++) {
      scores[kept] = least;
      ids[kept] = ties[i];
    }
    Arrays.fill(ids, k, size, null);
    size = k;
    threshold = least;
  }

  /** Hoare's selection on a copy. */
  private float kthScore() {
    float[] values = Arrays.copyOf(scores, size);
    int low = 0;
    int high = size - 1;
    while (low < high) {
      float pivot = values[(low + high) >>> 1];
      int i = low;
      int j = high;
      while (i <= j) {
        while (values[i] > pivot) {
          i++;
        }
        while (values[j] < pivot) {
          j--;
        }
        if (i <= j) {
          float value = values[i];
          values[i++] = values[j];
          values[j--] = value;
        }
      }
      if (k - 1 <= j) {
        high = j;
      } else if (k - 1 >= i) {
        low = i;
      } else {
        return values[k - 1];
      }
    }
    return values[k - 1];
  }

  private static int descending(byte[] a, byte[] b) {
    return Arrays.compareUnsigned(b, a);
  }

  /** Adds the documents of a packed block. */
  void add(byte[] packed) {
    ByteBuffer block = ByteBuffer.wrap(packed);
    while (block.hasRemaining()) {
      float score = block.getFloat();
      byte[] id = new byte[block.getInt()];
      block.get(id);
      if (score >= threshold) {
        add(score, id);
      }
    }
  }

  /** As one block of bytes, to be sent: Spark takes long to measure and write many small arrays. */
  byte[] packed() {
    keepBest();
    int bytes = 0;
    for (int i = 0; i < size; i++) {
      bytes += Float.BYTES + Integer.BYTES + ids[i].length;
    }
    ByteBuffer block = ByteBuffer.allocate(bytes);
    for (int i = 0; i < size; i++) {
      block.putFloat(scores[i]).putInt(ids[i].length).put(ids[i]);
    }
    return block.array();
  }

  /** The best, in order. */
  List<ScoredDocument> ranked() {
    keepBest();
    int[] order = byScore();
    for (int start = 0; start < size; ) {
      int end = start + 1;
      while (end < size && scores[order[end]] == scores[order[start]]) {
        end++;
      }
      sortTies(order, start, end);
      start = end;
    }
    return Arrays.stream(order)
        .mapToObj(i -> new ScoredDocument(new String(ids[i], StandardCharsets.UTF_8), scores[i]))
        .toList();
  }

  /** Slots by falling score: primitive keys of score and slot, which sort fast. */
  private int[] byScore() {
    long[] keys = new long[size];
    for (int i = 0; i < size; i++) {
      int bits = Float.floatToIntBits(scores[i]);
      // As integers in the order of the floats.
      int ordered = bits < 0 ? bits ^ Integer.MAX_VALUE : bits;
      keys[i] = ((long) ~ordered << Integer.SIZE) | i;
    }
    Arrays.sort(keys);
    return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
  }

  private void sortTies(int[] order, int start, int end) {
    if (end - start > 1) {
      int[] sorted =
          Arrays.stream(order, start, end)
              .boxed()
              .sorted((a, b) -> descending(ids[a], ids[b]))
              .mapToInt(Integer::intValue)
              .toArray();
      System.arraycopy(sorted, 0, order, start, sorted.length);
    }
  }
}
