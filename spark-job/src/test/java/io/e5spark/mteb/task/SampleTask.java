package io.e5spark.mteb.task;

import io.e5spark.mteb.folder.Published;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reports of tasks that were never evaluated. */
public final class SampleTask {
  private SampleTask() {}

  /** Returns a report with this main score. */
  public static TaskReport report(
      String task, String type, double main, @Nullable Published published, Finding... findings) {
    TaskScores scores =
        new TaskScores("map", Map.of("map", main, "odd", Double.NaN), 3, List.of(findings));
    return new TaskReport(
        task, type, "", "test", "m", "f", "cards", false, scores, 1.5, "abc", published);
  }
}
