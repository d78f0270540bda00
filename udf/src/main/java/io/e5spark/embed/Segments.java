package io.e5spark.embed;

import io.e5spark.model.EmbeddingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How a text that is too long for the model is cut into segments of the longest input. Each begins
 * with the prefix, ends with the closing token, and shares an eighth of its text with the one
 * before.
 */
public final class Segments {
  /** The part of its text that a segment shares with the one before: one part in so many. */
  private static final int OVERLAP = 8;

  private Segments() {}

  /**
   * The segments of a text.
   *
   * @param ids those of the whole text: opening token and prefix, text, closing token
   * @param head the number of ids before the text
   * @param longest the longest input of the model in tokens
   */
  static TokenizedText[] of(long[] ids, int head, int longest) {
    int size = longest - head - 1;
    if (size < 1) {
      throw new EmbeddingException(
          String.format(
              Locale.ROOT,
              "Cannot cut a text into segments of %d tokens: the prefix leaves no room",
              longest));
    }
    int step = Math.max(1, size - size / OVERLAP);
    List<TokenizedText> segments = new ArrayList<>();
    int end = 0;
    for (int start = head; end < ids.length - 1; start += step) {
      end = Math.min(start + size, ids.length - 1);
      segments.add(segment(ids, head, start, end));
    }
    return segments.toArray(TokenizedText[]::new);
  }

  private static TokenizedText segment(long[] ids, int head, int start, int end) {
    int[] segment = new int[head + end - start + 1];
    Arrays.setAll(segment, i -> (int) (i < head ? ids[i] : ids[start + i - head]));
    segment[segment.length - 1] = (int) ids[ids.length - 1];
    return new TokenizedText(segment, false);
  }

  /**
   * The approximate number of tokens that the model reads for a text of so many tokens, cut into
   * segments.
   */
  public static long tokensGiven(int tokens) {
    return (long) tokens + tokens / (OVERLAP - 1);
  }
}
