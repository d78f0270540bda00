package io.e5spark.eval;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import io.e5spark.metric.Judgements;
import io.e5spark.platform.DataFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A file of judgements. In BEIR's form, it has a header, and then query, document and grade
 * separated by tabs, with quotes where necessary; the header may be missing. In trec_eval's form,
 * it has query, iteration, document and grade separated by spaces or tabs. The first line shows
 * which form it is.
 */
public final class Qrels {
  private static final int BEIR_FIELDS = 3;
  private static final int TREC_FIELDS = 4;

  private final DataFile file;
  private final Map<String, Map<String, Integer>> byQuery = new LinkedHashMap<>();
  private final List<String> warnings = new ArrayList<>();
  private final CsvParser csv = new CsvParser(quoted());
  private boolean beir;

  private Qrels(DataFile file) {
    this.file = file;
  }

  /**
   * Reads judgements.
   *
   * @throws IllegalArgumentException with its number for a line that is not a judgement; in
   *     trec_eval's form, also for a document that is judged twice for a query
   */
  public static Qrels read(DataFile file) {
    Qrels qrels = new Qrels(file);
    file.forEachLine(qrels::add);
    if (qrels.byQuery.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot read qrels %s: there are none".formatted(file.location()));
    }
    return qrels;
  }

  public Judgements judgements() {
    return new Judgements(byQuery);
  }

  /** Warnings about lines that are readable, but not quite right. */
  public List<String> warnings() {
    return warnings;
  }

  private void add(int number, String line) {
    if (number == 1) {
      List<String> first = tabSeparated(line);
      beir = first.size() == BEIR_FIELDS && !isOfTrec(line);
      if (beir && !isGrade(first.get(BEIR_FIELDS - 1))) {
        return;
      }
    }
    List<String> fields = beir ? tabSeparated(line) : TrecRun.fields(line);
    if (fields.isEmpty() || fields.equals(List.of(""))) {
      return;
    }
    int expected = beir ? BEIR_FIELDS : TREC_FIELDS;
    if (fields.size() != expected) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot read qrels %s, line %d: %d fields (must be %d: query %sdocument grade)",
              file.location(),
              number,
              fields.size(),
              expected,
              beir ? "" : "iteration "));
    }
    judge(number, fields.get(0), fields.get(expected - 2), grade(number, fields.get(expected - 1)));
  }

  /** Judgements may have tabs and spaces in one line; a header of four words has no grade. */
  private static boolean isOfTrec(String line) {
    List<String> fields = TrecRun.fields(line);
    return fields.size() == TREC_FIELDS && isGrade(fields.get(TREC_FIELDS - 1));
  }

  /** A header has no grade. */
  private static boolean isGrade(String field) {
    return field.matches("[+-]?[0-9]+");
  }

  private List<String> tabSeparated(String line) {
    String[] fields = csv.parseLine(line);
    return fields == null ? List.of() : List.of(fields);
  }

  /** The fields, with quotes as Python's {@code csv} module writes them. */
  private static CsvParserSettings quoted() {
    CsvParserSettings settings = new CsvParserSettings();
    settings.getFormat().setDelimiter('\t');
    settings.setIgnoreLeadingWhitespaces(false);
    settings.setIgnoreTrailingWhitespaces(false);
    settings.setMaxCharsPerColumn(-1);
    settings.setNullValue("");
    settings.setEmptyValue("");
    settings.setCommentProcessingEnabled(false);
    return settings;
  }

  private int grade(int number, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot read qrels %s, line %d: grade '%s' (must be an integer)",
              file.location(),
              number,
              text),
          e);
    }
  }

  /** BEIR keeps the last of two judgements, and trec_eval rejects the second. */
  private void judge(int number, String query, String document, int grade) {
    Map<String, Integer> ofQuery = byQuery.computeIfAbsent(query, key -> new LinkedHashMap<>());
    if (ofQuery.put(document, grade) == null) {
      return;
    }
    String problem =
        String.format(
            Locale.ROOT,
            "%s, line %d: document %s is judged twice for query %s",
            file.location(),
            number,
            document,
            query);
    if (!beir) {
      throw new IllegalArgumentException("Cannot read qrels " + problem);
    }
    warnings.add(problem + "; the last grade counts");
  }
}
