package io.e5spark.report;

import io.e5spark.embed.Counter;
import io.e5spark.platform.Count;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.ToLongFunction;

/** Prints a line every few seconds: rows, speed, padding and remaining time. */
public final class Progress {
  private static final long MILLISECONDS_BETWEEN = 5_000;

  private final PrintWriter err;
  private final ToLongFunction<Counter> counters;
  private final long rows;
  private final long start = System.nanoTime();
  private final Timer timer = new Timer("e5-progress", true);

  /**
   * Starts printing.
   *
   * @param counters what has been counted so far
   * @param rows the rows of the whole job
   */
  public Progress(PrintWriter err, ToLongFunction<Counter> counters, long rows) {
    this.err = err;
    this.counters = counters;
    this.rows = rows;
    TimerTask task =
        new TimerTask() {
          @Override
          public void run() {
            print();
          }
        };
    timer.schedule(task, MILLISECONDS_BETWEEN, MILLISECONDS_BETWEEN);
  }

  private void print() {
    long tokens = counters.applyAsLong(Counter.TOKENS);
    if (tokens > 0) {
      err.println(line(tokens, (System.nanoTime() - start) / 1e9));
    }
  }

  /** The line after so many seconds. */
  String line(long tokens, double seconds) {
    long texts = counters.applyAsLong(Counter.TEXTS);
    double padding = counters.applyAsLong(Counter.PADDING);
    return String.format(
        Locale.ROOT,
        "%,d of %s, %.1f texts/s, %,.0f tokens/s, padding %.1f %%, %s",
        texts,
        Count.of(rows, "text"),
        texts / seconds,
        tokens / seconds,
        100 * padding / (padding + tokens),
        left(tokens, seconds));
  }

  /** Estimates by tokens, not by texts, because the longest texts of a window come first. */
  private String left(long tokens, double seconds) {
    double seenTexts = Math.max(1, counters.applyAsLong(Counter.TOKENIZED_TEXTS));
    double seenTokens = counters.applyAsLong(Counter.TOKENIZED_TOKENS);
    double settled =
        seenTexts + counters.applyAsLong(Counter.NULLS) + counters.applyAsLong(Counter.DUPLICATES);
    double unseen = Math.max(0, rows - settled) * seenTokens / seenTexts;
    double remaining = Math.max(0, seenTokens - tokens) + unseen;
    if (remaining == 0) {
      return "all texts are embedded, writing the rest";
    }
    Duration time = Duration.ofSeconds(Math.max(1, Math.round(remaining * seconds / tokens)));
    return time.toHours() > 0
        ? String.format(Locale.ROOT, "%d h %02d min left", time.toHours(), time.toMinutesPart())
        : String.format(Locale.ROOT, "%d min %02d s left", time.toMinutes(), time.toSecondsPart());
  }

  /** Stops printing. */
  public void close() {
    timer.cancel();
  }
}
