package io.e5spark.embed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Texts as the model takes them, none, one or several pieces each, and their vectors as one. */
final class SplitTexts {
  private final List<TokenizedText> all = new ArrayList<>();
  private final List<Integer> ends = new ArrayList<>();

  /** Adds a text. */
  void add(TokenizedText... pieces) {
    all.addAll(Arrays.asList(pieces));
    ends.add(all.size());
  }

  /** The pieces of all texts. */
  TokenizedText[] all() {
    return all.toArray(TokenizedText[]::new);
  }

  /**
   * What became of each text.
   *
   * @param embeddings of {@link #all}
   * @param ifNone the error of a text without pieces
   * @param normalize whether vectors have norm 1
   */
  List<Embedding> joined(List<Embedding> embeddings, String ifNone, boolean normalize) {
    List<Embedding> joined = new ArrayList<>(ends.size());
    int start = 0;
    for (int end : ends) {
      List<Embedding> pieces = embeddings.subList(start, end);
      joined.add(pieces.isEmpty() ? Embedding.failed(ifNone) : join(pieces, normalize));
      start = end;
    }
    return joined;
  }

  private static Embedding join(List<Embedding> pieces, boolean normalize) {
    if (pieces.size() == 1) {
      return pieces.get(0);
    }
    double[] sum = new double[0];
    int tokens = 0;
    for (Embedding piece : pieces) {
      float[] vector = piece.vector();
      if (vector == null) {
        return piece;
      }
      sum = sum.length == 0 ? new double[vector.length] : sum;
      tokens += piece.tokens();
      for (int i = 0; i < vector.length; i++) {
        sum[i] += (double) piece.tokens() * vector[i];
      }
    }
    double divisor = normalize ? Math.sqrt(Arrays.stream(sum).map(x -> x * x).sum()) : tokens;
    return scaled(sum, divisor, tokens);
  }

  private static Embedding scaled(double[] sum, double divisor, int tokens) {
    if (divisor == 0) {
      return Embedding.failed("Invalid vector: the windows of the text cancel each other out");
    }
    float[] vector = new float[sum.length];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (sum[i] / divisor);
    }
    return Embedding.of(vector, tokens, false);
  }
}
