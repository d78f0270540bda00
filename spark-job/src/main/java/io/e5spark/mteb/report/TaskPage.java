package io.e5spark.mteb.report;

import com.samskivert.mustache.Mustache;
import io.e5spark.mteb.task.Finding;
import io.e5spark.mteb.task.TaskReport;
import io.e5spark.platform.Resource;
import io.e5spark.report.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The result of a task as one page that needs no network: scores, and the worst rows. */
public final class TaskPage {
  private TaskPage() {}

  /** A name and a value. */
  record Fact(String name, String value) {}

  /** A table as the page shows it; all cells are texts. */
  record Table(String title, List<String> columns, List<List<String>> rows) {
    static Table of(Finding finding) {
      return new Table(finding.title(), finding.columns(), finding.rows());
    }
  }

  /** The page. */
  public static String of(TaskReport report) {
    Map<String, Object> page =
        Map.of(
            "style", new Resource(Json.class, "page.css").text(),
            "report", report,
            "main", points(report.points()),
            "mainName", report.scores().mainName(),
            "comparison", report.published() == null ? List.of() : List.of(report.comparison()),
            "scores", scores(report),
            "findings", findings(report),
            "facts", facts(report));
    return Mustache.compiler()
        .compile(new Resource(TaskPage.class, "task.mustache").text())
        .execute(page);
  }

  private static List<Table> findings(TaskReport report) {
    return report.scores().findings().stream()
        .filter(finding -> !finding.rows().isEmpty())
        .map(Table::of)
        .toList();
  }

  private static List<Fact> scores(TaskReport report) {
    List<Fact> facts = new ArrayList<>();
    new TreeMap<>(report.scores().scores())
        .forEach(
            (name, value) -> {
              if (value instanceof Double number) {
                facts.add(new Fact(name, String.format(Locale.ROOT, "%.6f", number)));
              }
            });
    return facts;
  }

  private static List<Fact> facts(TaskReport report) {
    return List.of(
        new Fact("Model", report.model()),
        new Fact("Fingerprint", report.fingerprint()),
        new Fact("Rules", report.rules()),
        new Fact("Vectors", report.normalized() ? "of norm 1" : "raw"),
        new Fact("Subset", report.subset().isEmpty() ? "the only one" : report.subset()),
        new Fact("Files, SHA-256", report.revision()),
        new Fact("Seconds", String.format(Locale.ROOT, "%.1f", report.seconds())));
  }

  static String points(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
