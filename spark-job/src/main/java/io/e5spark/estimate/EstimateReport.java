package io.e5spark.estimate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.e5spark.platform.Count;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What embedding a source would take.
 *
 * @param input the source
 * @param model the model
 * @param texts the rows of the source
 * @param sample the tokens of its texts, or of some of them
 * @param chunks the number of chunks of all texts; null if they are not cut into chunks
 * @param tokens the number of tokens that the model would read in total
 * @param truncatedPercent the share of texts that would be truncated
 * @param tokensPerSecond the measured speed of the cluster
 * @param cores the number of tasks that run at the same time, each on what Spark calls a core
 * @param threadsPerCore the number of hardware threads that share a core of the processor; Spark
 *     counts each of them as a core
 * @param hours the hours of embedding, without start and writing
 * @param coreHours the same hours for one core
 * @param cost the cost of these hours; null if no price was given
 */
public record EstimateReport(
    String input,
    String model,
    Texts texts,
    TokenCounts sample,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long chunks,
    long tokens,
    double truncatedPercent,
    double tokensPerSecond,
    int cores,
    int threadsPerCore,
    double hours,
    double coreHours,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double cost) {

  /**
   * The rows of a source.
   *
   * @param nulls the rows without a text
   * @param duplicates the texts that occur in an earlier row, estimated by HyperLogLog in large
   *     sources
   */
  record Texts(long rows, long nulls, long duplicates) {}

  /**
   * What computes.
   *
   * @param cores the number of tasks that run at the same time
   * @param threadsPerCore the number of hardware threads that share a core of the processor
   */
  record Slots(int cores, int threadsPerCore) {
    private String text() {
      String all = Count.of(cores, "core");
      return threadsPerCore == 1
          ? all
          : String.format(
              Locale.ROOT, "%s (hardware threads, %d of which share a core)", all, threadsPerCore);
    }
  }

  static EstimateReport of(
      String input,
      String model,
      Texts texts,
      TokenCounts sample,
      @Nullable Long chunks,
      Slots slots,
      double tokensPerSecond,
      @Nullable Double price) {
    double tokens = sample.mean() * (chunks == null ? texts.rows - texts.nulls : chunks);
    double hours = tokens == 0 ? 0 : tokens / tokensPerSecond / 3_600;
    return new EstimateReport(
        input,
        model,
        texts,
        sample,
        chunks,
        Math.round(tokens),
        sample.texts() == 0 ? 0 : 100.0 * sample.truncated() / sample.texts(),
        tokensPerSecond,
        slots.cores,
        slots.threadsPerCore,
        hours,
        hours * slots.cores,
        price == null ? null : hours * price);
  }

  /** A few lines for people, with a chart. */
  public String summary() {
    return String.format(
        Locale.ROOT,
        """
        Texts    %,d in %s, %,d of them duplicates%s
        Length   median %,d tokens, 95 %% at most %,d, longest %,d (%s sampled)
        %s
        Cut      %.1f %% of the texts exceed the model's longest input
        Tokens   %,d for the model
        Speed    %,.0f tokens/s on %s with %s, measured
        Time     %s, %s core-hours%s""",
        texts.rows - texts.nulls,
        Count.of(texts.rows, "row"),
        texts.duplicates,
        chunks == null ? "" : ", in " + Count.of(chunks, "chunk"),
        sample.median(),
        sample.percentile95(),
        sample.longest(),
        Count.of(sample.texts(), "text"),
        sample.chart(),
        truncatedPercent,
        tokens,
        tokensPerSecond,
        new Slots(cores, threadsPerCore).text(),
        model,
        time(hours),
        significant(coreHours),
        cost == null ? "" : ", cost " + significant(cost));
  }

  private static String time(double hours) {
    if (hours >= 1) {
      return significant(hours) + " hours";
    }
    double minutes = 60 * hours;
    return minutes >= 1
        ? significant(minutes) + " minutes"
        : significant(60 * minutes) + " seconds";
  }

  private static String significant(double value) {
    return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : value >= 1 ? "%.1f" : "%.3f", value);
  }
}
