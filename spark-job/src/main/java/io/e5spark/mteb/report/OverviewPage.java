package io.e5spark.mteb.report;

import com.samskivert.mustache.Mustache;
import io.e5spark.mteb.task.TaskMeans;
import io.e5spark.mteb.task.TaskReport;
import io.e5spark.platform.Resource;
import io.e5spark.report.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The main scores of several tasks and their means as one page. */
public final class OverviewPage {
  private OverviewPage() {}

  /** A task. */
  record Line(String folder, String task, String type, String points, String comparison) {}

  /**
   * The page.
   *
   * @param folders the folder of each task's page, relative to this one
   */
  public static String of(List<TaskReport> reports, List<String> folders, TaskMeans means) {
    List<Line> lines =
        IntStream.range(0, reports.size())
            .mapToObj(i -> line(reports.get(i), folders.get(i)))
            .toList();
    List<TaskPage.Fact> types =
        means.types().entrySet().stream()
            .map(one -> new TaskPage.Fact(one.getKey(), TaskPage.points(one.getValue())))
            .toList();
    Map<String, Object> page =
        Map.of(
            "style", new Resource(Json.class, "page.css").text(),
            "model", reports.get(0).model(),
            "rules", reports.get(0).rules(),
            "tasks", lines,
            "types", types,
            "mean", TaskPage.points(means.mean()),
            "meanOfTypes", TaskPage.points(means.meanOfTypes()));
    return Mustache.compiler()
        .compile(new Resource(OverviewPage.class, "overview.mustache").text())
        .execute(page);
  }

  private static Line line(TaskReport report, String folder) {
    return new Line(
        folder,
        report.label(),
        report.type(),
        TaskPage.points(report.points()),
        report.comparison());
  }
}
