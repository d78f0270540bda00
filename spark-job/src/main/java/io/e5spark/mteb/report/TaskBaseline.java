package io.e5spark.mteb.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.e5spark.mteb.task.TaskReport;
import io.e5spark.platform.DataFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** An earlier evaluation of tasks, to compare with. */
public final class TaskBaseline {
  /** The file with the report of a task. */
  public static final String REPORT = "report.json";

  private final Map<String, Double> points;

  private TaskBaseline(Map<String, Double> points) {
    this.points = points;
  }

  /**
   * The main score of a task in points of 100.
   *
   * @param task the task with its subset, if it has one
   * @param type MTEB's name of the type of the task
   */
  public record Change(String task, String type, double before, double after) {
    /** The gain. */
    public double difference() {
      return after - before;
    }
  }

  /**
   * Reads the reports of an output directory.
   *
   * @throws IllegalArgumentException if it has none
   */
  public static TaskBaseline in(DataFile output) {
    Map<String, Double> points = new LinkedHashMap<>();
    for (DataFile task : inside(output)) {
      read(task, points);
      inside(task).forEach(subset -> read(subset, points));
    }
    if (points.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot compare with %s: it has no %s of a task".formatted(output.location(), REPORT));
    }
    return new TaskBaseline(points);
  }

  private static List<DataFile> inside(DataFile directory) {
    return directory.isDirectory()
        ? directory.children().stream().map(directory::in).toList()
        : List.of();
  }

  private static void read(DataFile place, Map<String, Double> points) {
    DataFile file = place.in(REPORT);
    if (!file.exists()) {
      return;
    }
    try {
      JsonNode report = new ObjectMapper().readTree(file.text());
      JsonNode scores = report.path("scores");
      JsonNode main = scores.path("scores").path(scores.path("main_name").asText());
      String label = report.path("task").asText() + " " + report.path("subset").asText();
      points.put(label.strip(), 100 * main.asDouble());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "Cannot compare with %s: %s".formatted(file.location(), e.getOriginalMessage()), e);
    }
  }

  /** The changes in the tasks that were also evaluated then. */
  public List<Change> changes(List<TaskReport> reports) {
    List<Change> changes = new ArrayList<>();
    for (TaskReport report : reports) {
      Double before = points.get(report.label());
      if (before != null) {
        changes.add(new Change(report.label(), report.type(), before, report.points()));
      }
    }
    return changes;
  }

  /** The changes as lines, followed by the mean change of each type. */
  public static String summary(List<Change> changes) {
    List<String> lines = new ArrayList<>();
    changes.forEach(one -> lines.add(line(one.task(), one.before(), one.after())));
    changes.stream()
        .collect(Collectors.groupingBy(Change::type, LinkedHashMap::new, Collectors.toList()))
        .forEach(
            (type, some) ->
                lines.add(
                    line(
                        "Mean of " + type,
                        some.stream().mapToDouble(Change::before).average().orElseThrow(),
                        some.stream().mapToDouble(Change::after).average().orElseThrow())));
    return String.join(System.lineSeparator(), lines);
  }

  private static String line(String what, double before, double after) {
    return String.format(
        Locale.ROOT, "%-40s %7.2f -> %6.2f  %+.2f", what, before, after, after - before);
  }
}
