package io.e5spark.benchmark;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.e5spark.platform.Count;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The speed of a model with batches of several shapes.
 *
 * @param device the device that ran it
 * @param peak the rate to which utilization relates, in 10^12 operations per second; null if
 *     unknown
 */
public record ShapeReport(
    String model,
    String device,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double peak,
    int rounds,
    List<Line> shapes) {

  /**
   * One shape, with medians over the rounds.
   *
   * @param texts the texts per batch
   * @param tokens the tokens per text
   * @param perSecond tokens per second
   * @param perCpuSecond tokens per second of the process's CPU time
   * @param utilization the floating-point operations, divided by those of the peak in the same
   *     time, from 0; null if the operations of the model or the peak are unknown
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
