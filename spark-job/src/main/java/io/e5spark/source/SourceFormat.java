package io.e5spark.source;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How texts are stored. */
public enum SourceFormat {
  /** The format follows from what is there: a Delta log, or the endings of the data files. */
  AUTO,
  /** A Delta table. */
  DELTA,
  /** Parquet files. */
  PARQUET,
  /**
   * JSON lines, one object per line; a source with a line that is not a JSON object is rejected.
   */
  JSON,
  /** CSV with a header line and quotes by RFC 4180; all columns are strings. */
  CSV,
  /** Plain text; each line that is not blank is a row with the column {@code text}. */
  LINES,
  /** Plain text; each file is a row with {@code id}, its path below the input, and {@code text}. */
  DOCUMENTS;

  /** Whether it can be a Delta table. */
  boolean isDelta() {
    return this == AUTO || this == DELTA;
  }

  /** Whether Spark splits files at line ends before it decodes them. */
  boolean isLines() {
    return this == JSON || this == LINES;
  }

  /** Whether files contain text, in some encoding. */
  boolean isText() {
    return isLines() || this == CSV || this == DOCUMENTS;
  }

  /**
   * The format of a data file by the ending of its name, which the ending of a compression may
   * follow.
   */
  static Optional<SourceFormat> ofFile(String name) {
    return switch (ending(name)) {
      case "parquet" -> Optional.of(PARQUET);
      case "json", "jsonl", "ndjson" -> Optional.of(JSON);
      case "csv" -> Optional.of(CSV);
      default -> Optional.empty();
    };
  }

  /** What to do about a file whose name does not show the format. */
  static String advice(String name) {
    return switch (ending(name)) {
      case "txt", "text", "md" ->
          "plain text is read with --input-format lines or documents, a text per line or file";
      case "tsv", "tab" -> "name it with --input-format csv --csv-separator '\\t'";
      case "xlsx", "xls", "ods" -> "save its sheet as CSV";
      case "pdf", "docx", "doc", "odt" -> "extract its text first";
      case "zip", "tar", "tgz", "7z" -> "unpack it first";
      case "avro", "orc" ->
          "make it a table of the catalog: CREATE TABLE texts USING %s LOCATION '…'"
              .formatted(ending(name));
      default -> "name it with --input-format " + named();
    };
  }

  private static String ending(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|bz2|zst|zstd|snappy)$", "");
    return plain.substring(plain.lastIndexOf('.') + 1);
  }

  private static String named() {
    return Arrays.stream(values())
        .filter(format -> format != AUTO)
        .map(SourceFormat::toString)
        .collect(Collectors.joining("|"));
  }

  /** The names on the command line. */
  public static String names() {
    return AUTO + "|" + named();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
