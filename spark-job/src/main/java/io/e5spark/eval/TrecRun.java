package io.e5spark.eval;

import io.e5spark.metric.ScoredDocument;
import io.e5spark.platform.DataFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A run file, with lines of query, {@code Q0}, document, rank, score and tag, separated by spaces
 * or tabs. Like trec_eval, this class ignores ranks and whatever follows the tag.
 *
 * @param byQuery the documents that were found, in the order of the file
 * @param warnings about lines that are readable, but not quite right
 */
public record TrecRun(Map<String, List<ScoredDocument>> byQuery, List<String> warnings) {
  private static final int FIELDS = 6;
  private static final String MORE_FIELDS = ": what follows the tag is ignored";

  /**
   * Reads a run.
   *
   * @throws IllegalArgumentException with the number of the line for a line that does not belong to
   *     a run, a score that is not a number, and a document that appears twice for one query
   */
  public static TrecRun read(DataFile file) {
    TrecRun run = new TrecRun(new LinkedHashMap<>(), new ArrayList<>());
    Set<List<String>> seen = new HashSet<>();
    file.forEachLine(
        (number, line) -> {
          String[] fields = fields(line);
          if (fields.length > 0) {
            run.add(
                fields, seen, String.format(Locale.ROOT, "%s, line %d", file.location(), number));
          }
        });
    if (run.byQuery.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot read run %s: it is empty".formatted(file.location()));
    }
    return run;
  }

  /** The fields of a line, separated by ASCII white space. */
  static String[] fields(String line) {
    String trimmed = line.replaceAll("^[ \\t\\x0B\\f]+|[ \\t\\x0B\\f]+$", "");
    return trimmed.isEmpty() ? new String[0] : trimmed.split("[ \\t\\x0B\\f]+", -1);
  }

  private void add(String[] fields, Set<List<String>> seen, String place) {
    if (fields.length < FIELDS) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot read run %s: %d fields (must be 6: query Q0 document rank score tag)",
              place,
              fields.length));
    }
    if (fields.length > FIELDS && !wasWarned()) {
      warnings.add(place + MORE_FIELDS);
    }
    String query = fields[0];
    String document = fields[2];
    if (!seen.add(List.of(query, document))) {
      throw new IllegalArgumentException(
          "Cannot read run %s: document %s appears twice for query %s"
              .formatted(place, document, query));
    }
    byQuery
        .computeIfAbsent(query, key -> new ArrayList<>())
        .add(new ScoredDocument(document, score(fields[4], place)));
  }

  /** A run whose tag has a space has one in every line. */
  private boolean wasWarned() {
    return !warnings.isEmpty() && warnings.get(warnings.size() - 1).endsWith(MORE_FIELDS);
  }

  private double score(String text, String place) {
    StrtodNumber number = StrtodNumber.read(text);
    if (number == null || Double.isNaN(number.value())) {
      throw new IllegalArgumentException(
          "Cannot read run %s: score '%s' (must be a number)".formatted(place, text));
    }
    if (!number.whole()) {
      warnings.add("%s: score '%s' was read as %s".formatted(place, text, number.value()));
    }
    return number.value();
  }
}
