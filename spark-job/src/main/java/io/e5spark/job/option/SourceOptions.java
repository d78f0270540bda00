package io.e5spark.job.option;

import io.e5spark.config.InputType;
import io.e5spark.source.FileForm;
import io.e5spark.source.RowIds;
import io.e5spark.source.SourceFormat;
import io.e5spark.source.TextSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What commands take that read texts. */
public final class SourceOptions {
  @Option(
      names = "--input",
      required = true,
      paramLabel = "PATH_OR_TABLE",
      description =
          "The texts: a path or table, or a Kafka topic of JSON messages as kafka://HOST:PORT/TOPIC.")
  String input = "";

  @Option(names = "--input-format", description = "Format of the texts: ${COMPLETION-CANDIDATES}.")
  SourceFormat inputFormat = SourceFormat.AUTO;

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      description =
          "Character set of CSV, JSON and text files, for example ISO-8859-1, windows-1252 or UTF-16.")
  String encoding = "UTF-8";

  @Option(
      names = "--csv-separator",
      paramLabel = "CHARACTER",
      description = "What separates the fields of CSV files, for example ; or \\t for a tab.")
  String separator = ",";

  @Option(
      names = {"--id-column", "--key"},
      split = ",",
      paramLabel = "NAME",
      description = "Columns that identify a row; by default id or _id, whichever exists.")
  List<String> idColumns = new ArrayList<>();

  @Option(
      names = "--generate-id",
      paramLabel = "HOW",
      description =
          "Make a column id: hash is SHA-256 of the text, the same for equal texts; number counts the rows of files in the order of their paths.")
  @Nullable GeneratedId generateId;

  /** Ways to make an identifier. */
  enum GeneratedId {
    HASH,
    NUMBER;

    RowIds rowIds() {
      return this == HASH ? RowIds.HASH : RowIds.NUMBER;
    }
  }

  @Option(
      names = "--text-columns",
      split = ",",
      paramLabel = "NAME",
      defaultValue = "text",
      description = "Columns to embed; several are joined with a space.")
  List<String> textColumns = new ArrayList<>();

  @Option(
      names = "--input-type",
      description = "passage for texts to be searched, query for texts to search with.")
  public InputType inputType = InputType.PASSAGE;

  /** The texts, with further columns. */
  public TextSource source(List<String> keepColumns) {
    return new TextSource(
        input,
        new FileForm(inputFormat, encoding, separator),
        generateId == null ? RowIds.COLUMNS : generateId.rowIds(),
        idColumns,
        textColumns,
        keepColumns,
        null);
  }
}
