package io.e5spark.mteb.task;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Main scores of tasks with their means, in points of 100.
 *
 * @param tasks by name
 * @param types the mean of each type's tasks
 * @param mean over all tasks
 * @param meanOfTypes over the types' means
 */
public record TaskMeans(
    Map<String, Double> tasks, Map<String, Double> types, double mean, double meanOfTypes) {
  /** Of all reports. */
  public static TaskMeans of(List<TaskReport> reports) {
    Map<String, Double> tasks = new LinkedHashMap<>();
    reports.forEach(report -> tasks.put(report.task(), report.points()));
    Map<String, Double> types =
        reports.stream()
            .collect(
                Collectors.groupingBy(
                    TaskReport::type,
                    LinkedHashMap::new,
                    Collectors.averagingDouble(TaskReport::points)));
    return new TaskMeans(tasks, types, mean(tasks), mean(types));
  }

  private static double mean(Map<String, Double> values) {
    return values.values().stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }

  /** The tasks that fall short, with what they should reach. */
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
