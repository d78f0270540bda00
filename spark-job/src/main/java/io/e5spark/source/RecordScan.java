package io.e5spark.source;

import java.io.IOException;
import java.io.Reader;
import java.util.Locale;
import java.util.Optional;

/**
 * Scans the records of a CSV file one after another, by RFC 4180: each must have as many fields as
 * the header, and each quote must end.
 */
final class RecordScan {
  private static final char QUOTE = '"';
  private static final int END = -1;
  private static final int START_OF_FILE = -2;
  private static final int BYTE_ORDER_MARK = '\uFEFF';
  private static final String OTHER_SEPARATORS = ";\t|,";

  /** The place of the scan within a field. */
  private enum Place {
    START,
    PLAIN,
    QUOTED,
    AFTER_QUOTE
  }

  private final Reader reader;
  private final char separator;
  private final StringBuilder header = new StringBuilder();
  private Place place = Place.START;
  private boolean isEmpty = true;
  private int fields = 1;
  private int expected;
  private long line = 1;
  private long quoteLine;
  private int previous = START_OF_FILE;
  private int lineEnd;

  /** Starts before the first character. */
  RecordScan(Reader reader, char separator) {
    this.reader = reader;
    this.separator = separator;
  }

  /** The first record, as it is written; empty if there is none. */
  String header() throws IOException {
    Optional<String> problem = Optional.empty();
    while (expected == 0 && previous != END && problem.isEmpty()) {
      problem = next();
    }
    return header.toString();
  }

  /** What is wrong with the first wrong record, for messages. */
  Optional<String> problem() throws IOException {
    Optional<String> problem = Optional.empty();
    while (previous != END && problem.isEmpty()) {
      problem = next();
    }
    return problem;
  }

  private Optional<String> next() throws IOException {
    int next = reader.read();
    boolean isMark = previous == START_OF_FILE && next == BYTE_ORDER_MARK;
    Optional<String> problem =
        isMark ? Optional.empty() : next == 0 ? Optional.of(TextEncoding.NUL) : take(next);
    previous = next;
    return problem;
  }

  private Optional<String> take(int next) {
    if (place == Place.QUOTED) {
      return quoted(next);
    }
    if (next == END || next == '\n' || next == '\r') {
      return next == '\n' && previous == '\r' ? Optional.empty() : recordEnd(next);
    }
    isEmpty = false;
    remember(next);
    if (next == separator) {
      fields++;
      place = Place.START;
    } else if (next == QUOTE && place != Place.PLAIN) {
      quoteLine = place == Place.START ? line : quoteLine;
      place = Place.QUOTED;
    } else if (place == Place.AFTER_QUOTE) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "the quote that begins in line %d ends before the field does, in line %d",
              quoteLine,
              line));
    } else {
      place = Place.PLAIN;
    }
    return Optional.empty();
  }

  private Optional<String> quoted(int next) {
    if (next == END) {
      return Optional.of(
          String.format(Locale.ROOT, "the quote that begins in line %d never ends", quoteLine));
    }
    if (next == QUOTE) {
      place = Place.AFTER_QUOTE;
    } else if (next == '\r' || (next == '\n' && previous != '\r')) {
      line++;
    }
    remember(next);
    return Optional.empty();
  }

  private Optional<String> recordEnd(int next) {
    Optional<String> problem = isEmpty ? Optional.empty() : counted();
    if (next == '\r' && lineEnd == '\n') {
      problem = Optional.of(at("another line end than the header (CR instead of LF)"));
    }
    lineEnd = lineEnd == 0 ? next : lineEnd;
    if (next != END) {
      line++;
    }
    place = Place.START;
    isEmpty = true;
    fields = 1;
    return problem;
  }

  private Optional<String> counted() {
    if (expected == 0) {
      expected = fields;
      return fields == 1 ? otherSeparator() : Optional.empty();
    }
    return fields == expected
        ? Optional.empty()
        : Optional.of(at(fields + " fields, where the header has " + expected));
  }

  private Optional<String> otherSeparator() {
    return OTHER_SEPARATORS
        .chars()
        .filter(other -> other != separator && header.indexOf(Character.toString(other)) >= 0)
        .mapToObj(other -> other == '\t' ? "\\t" : Character.toString(other))
        .findFirst()
        .map(
            other ->
                "its header is one column, '%s' (name the separator, perhaps --csv-separator '%s')"
                    .formatted(header, other));
  }

  private void remember(int next) {
    if (expected == 0) {
      header.append((char) next);
    }
  }

  private String at(String what) {
    return String.format(Locale.ROOT, "line %d has %s", line, what);
  }
}
