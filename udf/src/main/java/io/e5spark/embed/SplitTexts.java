package io.e5spark.embed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Texts as the model reads them, each in one or several segments, and their vectors combined into
 * one.
 */
final class SplitTexts {
  private final List<TokenizedText> all = new ArrayList<>();
  private final List<Integer> ends = new ArrayList<>();

  /** The errors of texts without segments, by the number of the text. */
  private final Map<Integer, String> errors = new HashMap<>();

  /** Adds a text. */
  void add(TokenizedText... segments) {
    all.addAll(Arrays.asList(segments));
    ends.add(all.size());
  }

  /** Adds a text that the model cannot read. */
  void fail(String error) {
    errors.put(ends.size(), error);
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
   * @param normalize whether vectors have norm 1
   */
  List<Embedding> joined(List<Embedding> embeddings, boolean normalize) {
    List<Embedding> joined = new ArrayList<>(ends.size());
    int start = 0;
    for (int end : ends) {
      String error = errors.get(joined.size());
      joined.add(
          error == null
              ? join(embeddings.subList(start, end), normalize)
              : Embedding.failed(error));
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
