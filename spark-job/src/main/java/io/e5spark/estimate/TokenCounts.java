package io.e5spark.estimate;

import io.e5spark.config.Truncation;
import io.e5spark.embed.Segments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The number of tokens of the texts of a sample, including the prefix and the special tokens.
 *
 * @param texts the number of texts in the sample
 * @param truncated the number of texts that exceed the longest input
 * @param mean the mean number of tokens that the model reads per text
 * @param median the median number of tokens of a text before truncation
 * @param percentile95 95 % of the texts have at most so many tokens
 * @param longest the number of tokens of the longest text
 * @param histogram the texts by their number of tokens
 */
public record TokenCounts(
    int texts,
    int truncated,
    double mean,
    int median,
    int percentile95,
    int longest,
    List<Bar> histogram) {
  private static final int SHORTEST_BAR = 16;
  private static final int WIDTH = 40;

  /** The number of texts with so many tokens, both ends included. */
  public record Bar(int from, int to, long texts) {
    String line(long most) {
      int length = (int) Math.ceil((double) WIDTH * texts / Math.max(1, most));
      return String.format(Locale.ROOT, "%7d to %-7d %,9d %s", from, to, texts, "█".repeat(length));
    }
  }

  /**
   * Counts.
   *
   * @param tokens the tokens of each text, before truncation
   * @param most the longest input of the model in tokens
   * @param truncation what happens to longer texts
   */
  public static TokenCounts of(int[] tokens, int most, Truncation truncation) {
    int[] sorted = tokens.clone();
    Arrays.sort(sorted);
    return new TokenCounts(
        sorted.length,
        (int) Arrays.stream(sorted).filter(count -> count > most).count(),
        Arrays.stream(sorted)
            .mapToLong(count -> given(count, most, truncation))
            .average()
            .orElse(0),
        at(sorted, 0.5),
        at(sorted, 0.95),
        at(sorted, 1),
        bars(sorted));
  }

  /** The number of tokens that the model reads. */
  private static long given(int tokens, int most, Truncation truncation) {
    if (tokens <= most) {
      return tokens;
    }
    return switch (truncation) {
      case CUT -> most;
      case FAIL -> 0;
      case WINDOW -> Segments.tokensGiven(tokens);
    };
  }

  private static int at(int[] sorted, double share) {
    return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(share * sorted.length) - 1];
  }

  /** Each bar covers twice the range of the one before. */
  private static List<Bar> bars(int[] sorted) {
    List<Bar> bars = new ArrayList<>();
    long from = 1;
    for (long to = SHORTEST_BAR; sorted.length > 0 && from <= at(sorted, 1); to *= 2) {
      long first = from;
      long last = to;
      long texts = Arrays.stream(sorted).filter(n -> n >= first && n <= last).count();
      bars.add(new Bar((int) from, (int) Math.min(to, Integer.MAX_VALUE), texts));
      from = to + 1;
    }
    return bars;
  }

  /** The histogram as lines of text. */
  public String chart() {
    long most = histogram.stream().mapToLong(Bar::texts).max().orElse(0);
    return histogram.stream().map(bar -> bar.line(most)).collect(Collectors.joining("\n"));
  }
}
