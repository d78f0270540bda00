package io.e5spark.mteb.task;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The result of a task in MTEB's newest form, which MTEB can read. Its version is null, because
 * MTEB did not make it.
 */
public final class ResultFile {
  private static final int DECIMALS = 6;

  private ResultFile() {}

  /**
   * The document to write as JSON.
   *
   * @param reports the reports of the subsets of one task
   */
  public static Map<String, @Nullable Object> of(List<TaskReport> reports) {
    TaskReport first = reports.get(0);
    double seconds = reports.stream().mapToDouble(TaskReport::seconds).sum();
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put(
        "dataset_revision",
        reports.stream().map(TaskReport::revision).distinct().collect(Collectors.joining(" ")));
    document.put("task_name", first.task());
    document.put("mteb_version", null);
    document.put("scores", Map.of(first.split(), reports.stream().map(ResultFile::entry).toList()));
    document.put("evaluation_time", rounded(seconds));
    document.put("kg_co2_emissions", null);
    return document;
  }

  private static Map<String, @Nullable Object> entry(TaskReport report) {
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    report.scores().scores().forEach((name, value) -> entry.put(name, rounded(value)));
    entry.put("main_score", rounded(report.scores().main()));
    entry.put("hf_subset", report.subset().isEmpty() ? "default" : report.subset());
    entry.put("languages", List.of(language(report.subset())));
    return entry;
  }

  private static @Nullable Object rounded(Object value) {
    if (value instanceof Double number) {
      return Double.isFinite(number)
          ? new BigDecimal(number).setScale(DECIMALS, RoundingMode.HALF_EVEN).doubleValue()
          : null;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> rounded = new ArrayList<>();
      list.forEach(one -> rounded.add(rounded(one)));
      return rounded;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> rounded = new LinkedHashMap<>();
      map.forEach((name, one) -> rounded.put(String.valueOf(name), rounded(one)));
      return rounded;
    }
    return value;
  }

  /**
   * The language and the script of a subset, such as {@code eng-Latn}; English if it names none.
   */
  private static String language(String subset) {
    if (subset.matches("[a-z]{3}_[A-Z][a-z]{3}")) {
      return subset.replace('_', '-');
    }
    String code = subset.isEmpty() ? "en" : subset.replaceFirst("[-_].*", "");
    try {
      String three = Locale.forLanguageTag(code).getISO3Language();
      return (three.isEmpty() ? code : three) + "-" + (code.startsWith("en") ? "Latn" : "Zyyy");
    } catch (MissingResourceException e) {
      return code + "-Zyyy";
    }
  }
}
