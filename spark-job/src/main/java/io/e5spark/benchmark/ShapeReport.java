package io.e5spark.benchmark;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.e5spark.platform.Count;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a model does with batches of several shapes.
 *
 * @param device where it ran
 * @param peak what utilization is measured against, in 10^12 operations per second; null if unknown
 */
public record ShapeReport(
    String model,
    String device,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double peak,
    int rounds,
    List<Line> shapes) {

  /**
   * One shape; medians over the rounds.
   *
   * @param texts texts of a batch
   * @param tokens tokens of each
   * @param perSecond tokens per second
   * @param perCpuSecond tokens per second of the process's CPU time
   * @param utilization floating-point operations by those of the peak in the same time, from 0;
   *     null where the model's operations or the peak are unknown
   */
  record Line(
      int texts,
      int tokens,
      double perSecond,
      double perCpuSecond,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double utilization) {
    private String row() {
      return String.format(
          Locale.ROOT,
          "| %d | %d | %,.0f | %,.0f | %s |",
          tokens,
          texts,
          perSecond,
          perCpuSecond,
          utilization == null
              ? "unknown"
              : String.format(Locale.ROOT, "%.0f %%", 100 * utilization));
    }
  }

  /** A table in Markdown. */
  public String summary() {
    return String.format(
            Locale.ROOT,
            """
            %s on %s, one session, medians of %s%s

            | tokens per text | texts | tokens/s | tokens/CPU-s | utilization |
            |---|---|---|---|---|
            """,
            model,
            device,
            Count.of(rounds, "round"),
            peak == null ? "" : String.format(Locale.ROOT, ", peak %.3f TFLOP/s", peak))
        + shapes.stream().map(Line::row).collect(Collectors.joining(System.lineSeparator()));
  }
}
