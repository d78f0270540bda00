package io.e5spark.model.tokenizer;

import java.util.Arrays;

/**
 * The pieces of a vocabulary, by 64-bit hashes: 2 MB for a quarter of a million pieces, as
 * multilingual models have. A string that is not a piece may be mistaken for one, which errs on the
 * safe side here.
 */
final class Pieces {
  private long[] hashes = new long[1_024];
  private int size;
  private int longest;

  void add(String piece) {
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * size);
    }
    hashes[size++] = hash(piece);
    longest = Math.max(longest, piece.length());
  }

  /** The finished set, for lookups. */
  Pieces sorted() {
    hashes = Arrays.copyOf(hashes, size);
    Arrays.sort(hashes);
    return this;
  }

  /** The number of characters of the longest piece. */
  int longest() {
    return longest;
  }

  /** Whether a piece in the text begins before a place and ends after it. */
  boolean reachAcross(String text, int place) {
    for (int start = Math.max(0, place - longest + 1); start < place; start++) {
      long hash = 0;
      int last = Math.min(text.length(), start + longest);
      for (int end = start; end < last; end++) {
        hash = extended(hash, text.charAt(end));
        if (end >= place && Arrays.binarySearch(hashes, hash) >= 0) {
          return true;
        }
      }
    }
    return false;
  }

  private static long hash(String piece) {
    long hash = 0;
    for (int i = 0; i < piece.length(); i++) {
      hash = extended(hash, piece.charAt(i));
    }
    return hash;
  }

  private static long extended(long hash, char next) {
    return (hash ^ next) * 0x9E3779B97F4A7C15L + 1;
  }
}
