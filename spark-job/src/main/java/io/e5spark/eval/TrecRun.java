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
import java.util.StringTokenizer;

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
          List<String> fields = fields(line);
          if (!fields.isEmpty()) {
            run.add(fields, seen, new Place(file.location(), number));
          }
        });
    if (run.byQuery.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot read run %s: it is empty".formatted(file.location()));
    }
    return run;
  }

  /** A line of a file, as messages name it. */
  private record Place(String file, int line) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%s, line %d", file, line);
    }
  }

  /** The fields of a line, separated by ASCII white space. */
  static List<String> fields(String line) {
    List<String> fields = new ArrayList<>(FIELDS);
    StringTokenizer tokens = new StringTokenizer(line, " \t\u000B\f");
    while (tokens.hasMoreTokens()) {
      fields.add(tokens.nextToken());
    }
    return fields;
  }

  private void add(List<String> fields, Set<List<String>> seen, Place place) {
    if (fields.size() < FIELDS) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot read run %s: %d fields (must be 6: query Q0 document rank score tag)",
              place,
              fields.size()));
    }
    if (fields.size() > FIELDS && !wasWarned()) {
      warnings.add(place + MORE_FIELDS);
    }
    String query = fields.get(0);
    String document = fields.get(2);
    if (!seen.add(List.of(query, document))) {
      throw new IllegalArgumentException(
          "Cannot read run %s: document %s appears twice for query %s"
              .formatted(place, document, query));
    }
    byQuery
        .computeIfAbsent(query, key -> new ArrayList<>())
        .add(new ScoredDocument(document, score(fields.get(4), place)));
  }

  /** A run whose tag has a space has one in every line. */
  private boolean wasWarned() {
    return !warnings.isEmpty() && warnings.get(warnings.size() - 1).endsWith(MORE_FIELDS);
  }

  private double score(String text, Place place) {
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
