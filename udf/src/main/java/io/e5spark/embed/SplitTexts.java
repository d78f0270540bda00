package io.e5spark.embed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Texts as the model reads them, each in zero, one or several segments, and their vectors combined
 * into one.
 */
final class SplitTexts {
  private final List<TokenizedText> all = new ArrayList<>();
  private final List<Integer> ends = new ArrayList<>();

  /** Adds a text. */
  void add(TokenizedText... segments) {
    all.addAll(Arrays.asList(segments));
    ends.add(all.size());
  }

  /** The segments of all texts. */
  TokenizedText[] all() {
    return all.toArray(TokenizedText[]::new);
  }

  /**
   * The result for each text.
   *
   * @param embeddings those of {@link #all}
   * @param ifNone the error of a text without segments
   * @param normalize whether vectors have norm 1
   */
  List<Embedding> joined(List<Embedding> embeddings, String ifNone, boolean normalize) {
    List<Embedding> joined = new ArrayList<>(ends.size());
    int start = 0;
    for (int end : ends) {
      List<Embedding> segments = embeddings.subList(start, end);
      joined.add(segments.isEmpty() ? Embedding.failed(ifNone) : join(segments, normalize));
      start = end;
    }
    return joined;
  }

  private static Embedding join(List<Embedding> segments, boolean normalize) {
    if (segments.size() == 1) {
      return segments.get(0);
    }
    double[] sum = new double[0];
    int tokens = 0;
    for (Embedding segment : segments) {
      float[] vector = segment.vector();
      if (vector == null) {
        return segment;
      }
      sum = sum.length == 0 ? new double[vector.length] : sum;
      tokens += segment.tokens();
      for (int i = 0; i < vector.length; i++) {
        sum[i] += (double) segment.tokens() * vector[i];
      }
    }
    double divisor = normalize ? Math.sqrt(Arrays.stream(sum).map(x -> x * x).sum()) : tokens;
    return scaled(sum, divisor, tokens);
  }

  private static Embedding scaled(double[] sum, double divisor, int tokens) {
    if (divisor == 0) {
      return Embedding.failed("Invalid vector: the segments of the text cancel each other out");
    }
    float[] vector = new float[sum.length];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (sum[i] / divisor);
    }
    return Embedding.of(vector, tokens, false);
  }
}
