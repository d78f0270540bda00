package io.e5spark.mteb.task;

import static java.util.stream.Collectors.averagingDouble;
import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The main scores of tasks and their means, in points of 100.
 *
 * @param tasks the scores by name; of several subsets, their mean
 * @param types the mean of the tasks of each type
 * @param mean the mean over all tasks
 * @param meanOfTypes the mean over the means of the types
 */
public record TaskMeans(
    Map<String, Double> tasks, Map<String, Double> types, double mean, double meanOfTypes) {
  /** The means of all reports. */
  public static TaskMeans of(List<TaskReport> reports) {
    Map<String, Double> tasks =
        reports.stream()
            .collect(
                groupingBy(
                    TaskReport::task, LinkedHashMap::new, averagingDouble(TaskReport::points)));
    Map<String, List<Double>> ofTypes = new LinkedHashMap<>();
    for (TaskReport one : distinct(reports)) {
      ofTypes
          .computeIfAbsent(one.type(), type -> new ArrayList<>())
          .add(tasks.getOrDefault(one.task(), Double.NaN));
    }
    Map<String, Double> types = new LinkedHashMap<>();
    ofTypes.forEach((type, points) -> types.put(type, mean(points)));
    return new TaskMeans(tasks, types, mean(tasks.values()), mean(types.values()));
  }

  /** One report per task. */
  private static Collection<TaskReport> distinct(List<TaskReport> reports) {
    Map<String, TaskReport> byTask = new LinkedHashMap<>();
    reports.forEach(report -> byTask.putIfAbsent(report.task(), report));
    return byTask.values();
  }

  private static double mean(Collection<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }

  /** The tasks that miss their minimums, with these minimums. */
  public List<String> missed(Map<String, Double> minimums) {
    return minimums.entrySet().stream()
        .filter(one -> !(tasks.getOrDefault(one.getKey(), Double.NaN) >= one.getValue()))
        .map(
            one ->
                String.format(
                    Locale.ROOT,
                    "%s is %.2f, below the minimum of %.2f",
                    one.getKey(),
                    tasks.get(one.getKey()),
                    one.getValue()))
        .toList();
  }

  /** A few lines for people. */
  public String summary() {
    StringBuilder text = new StringBuilder();
    types.forEach(
        (type, value) ->
            text.append(String.format(Locale.ROOT, "Mean of %-32s %7.2f%n", type, value)));
    return text.append(
            String.format(
                Locale.ROOT,
                "Mean of the tasks %29.2f%nMean of the types %29.2f",
                mean,
                meanOfTypes))
        .toString();
  }
}
