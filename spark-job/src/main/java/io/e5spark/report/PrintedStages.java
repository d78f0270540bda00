package io.e5spark.report;

import java.io.PrintWriter;
import java.util.Locale;
import org.apache.spark.SparkContext;

/**
 * Prints the progress of an evaluation.
 *
 * @param work begins with the first stage
 */
public record PrintedStages(SparkContext context, PrintWriter err, Work work) implements Stages {
  @Override
  public void run(String what, long texts, Runnable stage) {
    work.begin();
    long start = System.nanoTime();
    err.println(texts > 0 ? String.format(Locale.ROOT, "%s (%,d)", what, texts) : what);
    try (TaskCounters counters = TaskCounters.start(context)) {
      Progress progress = new Progress(err, counters::count, texts);
      try {
        stage.run();
      } finally {
        progress.close();
      }
    }
    err.printf(Locale.ROOT, "%s took %.1f s%n", what, (System.nanoTime() - start) / 1e9);
  }

  @Override
  public void warn(String warning) {
    err.println("Warning: " + warning);
  }
}
