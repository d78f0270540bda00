package io.e5spark.mteb.report;

import io.e5spark.mteb.task.ResultFile;
import io.e5spark.mteb.task.TaskMeans;
import io.e5spark.mteb.task.TaskReport;
import io.e5spark.platform.DataFile;
import io.e5spark.report.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of an evaluation: a result in MTEB's form for each task, a report and a page for each
 * of its subsets, and one page for all tasks. Not thread-safe.
 */
public final class TaskResults {
  private static final String PAGE = "report.html";

  private final DataFile output;
  private final List<TaskReport> reports = new ArrayList<>();
  private final List<String> places = new ArrayList<>();
  private final Map<String, List<TaskReport>> byFolder = new LinkedHashMap<>();

  /** The files in a directory. */
  public TaskResults(DataFile output) {
    this.output = output;
  }

  /**
   * The place of the files of a task, and of its vectors.
   *
   * @param subset one of several; blank if it is the only one
   */
  public DataFile place(String folder, String subset) {
    return subset.isEmpty() ? output.in(folder) : output.in(folder).in(subset);
  }

  /** Adds a task, or a subset of it, and writes what is known so far. */
  public void add(String folder, DataFile place, TaskReport report) {
    List<TaskReport> ofFolder = byFolder.computeIfAbsent(folder, name -> new ArrayList<>());
    ofFolder.add(report);
    output.in(folder).in(report.task() + ".json").write(Json.of(ResultFile.of(ofFolder)));
    place.in(TaskBaseline.REPORT).write(Json.of(report));
    place.in(PAGE).write(TaskPage.of(report));
    reports.add(report);
    places.add(folder.equals(place.name()) ? folder : folder + "/" + place.name());
  }

  /** Writes the page for all tasks; returns their reports. */
  public List<TaskReport> write() {
    output.in(PAGE).write(OverviewPage.of(reports, places, TaskMeans.of(reports)));
    return List.copyOf(reports);
  }
}
