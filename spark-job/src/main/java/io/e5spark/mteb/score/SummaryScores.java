package io.e5spark.mteb.score;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How well the similarity of machine summaries to human ones correlates with people's judgements. A
 * text whose judgements or similarities are all equal does not count.
 */
public final class SummaryScores {
  private SummaryScores() {}

  /**
   * The summaries of a text.
   *
   * @param cosines the largest cosine of each machine summary to any human one
   * @param products the same with dot products
   * @param judgements the judgement of each machine summary
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Text(double[] cosines, double[] products, double[] judgements)
      implements java.io.Serializable {
    /** Compares vectors. */
    public static Text of(float[][] human, float[][] machine, double[] judgements) {
      return new Text(
          nearest(machine, human, Similarity::cosineByProduct),
          nearest(machine, human, Similarity.DOT::of),
          judgements);
    }

    private interface Comparison {
      double of(float[] a, float[] b);
    }

    private static double[] nearest(float[][] machine, float[][] human, Comparison by) {
      return Arrays.stream(machine)
          .mapToDouble(
              one ->
                  Arrays.stream(human).mapToDouble(other -> by.of(one, other)).max().orElseThrow())
          .toArray();
    }

    /** The correlation of the cosines with the judgements; NaN if the text does not count. */
    public double spearman() {
      return counts() ? Correlation.SPEARMAN.of(judgements, cosines) : Double.NaN;
    }

    private boolean counts() {
      return varies(cosines) && varies(products) && varies(judgements);
    }

    private static boolean varies(double[] values) {
      return Arrays.stream(values).distinct().limit(2).count() > 1;
    }
  }

  /** The mean correlations, such as {@code cosine_spearman}, over the texts that count. */
  public static Map<String, Double> correlations(List<Text> texts) {
    return means(texts, (correlation, values) -> correlation);
  }

  /**
   * The means with the p-value of each correlation averaged in, as MTEB's task SummEval publishes
   * them. Source: MTEB's issue 1156.
   */
  public static Map<String, Double> withPValues(List<Text> texts) {
    return means(
        texts,
        (correlation, values) -> (correlation + Correlation.pValue(correlation, values)) / 2);
  }

  private interface Reading {
    double of(double correlation, int values);
  }

  private static Map<String, Double> means(List<Text> texts, Reading reading) {
    List<Text> counted = texts.stream().filter(Text::counts).toList();
    Map<String, Double> means = new LinkedHashMap<>();
    for (Correlation kind : Correlation.values()) {
      String name = kind.name().toLowerCase(java.util.Locale.ROOT);
      means.put(
          "cosine_" + name,
          mean(
              counted,
              text -> reading.of(kind.of(text.judgements, text.cosines), text.cosines.length)));
      means.put(
          "dot_" + name,
          mean(
              counted,
              text -> reading.of(kind.of(text.judgements, text.products), text.products.length)));
    }
    return means;
  }

  private static double mean(List<Text> texts, java.util.function.ToDoubleFunction<Text> of) {
    return texts.stream().mapToDouble(of).average().orElse(Double.NaN);
  }
}
