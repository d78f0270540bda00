package io.e5spark.job.option;

import static picocli.CommandLine.Help.Visibility.NEVER;

import io.e5spark.config.InputType;
import io.e5spark.source.FileForm;
import io.e5spark.source.RowIds;
import io.e5spark.source.SourceFormat;
import io.e5spark.source.TextSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that read texts. */
public final class SourceOptions {
  @Option(
      names = "--input",
      showDefaultValue = NEVER,
      required = true,
      paramLabel = "PATH_OR_TABLE",
      description =
          "The texts: a path, a table, or kafka://HOST:PORT/TOPIC for a Kafka topic of JSON messages.")
  String input = "";

  @Option(
      names = "--input-format",
      paramLabel = "FORMAT",
      description = "The format of the texts: ${COMPLETION-CANDIDATES}.")
  SourceFormat inputFormat = SourceFormat.AUTO;

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      description =
          "The character set of CSV, JSON and text files, for example ISO-8859-1, windows-1252 or UTF-16.")
  String encoding = "UTF-8";

  @Option(
      names = "--csv-separator",
      paramLabel = "CHARACTER",
      description =
          "The character that separates the fields of CSV files, for example ; or \\t for a tab.")
  String separator = ",";

  @Option(
      names = {"--id-column", "--key"},
      showDefaultValue = NEVER,
      split = ",",
      paramLabel = "NAME",
      description = "The columns that identify a row; by default id or _id, whichever exists.")
  List<String> idColumns = new ArrayList<>();

  @Option(
      names = "--generate-id",
      paramLabel = "HOW",
      description =
          "Generate the column id: hash takes the SHA-256 of the text, so equal texts share it; number counts the rows of the files in the order of their paths.")
  @Nullable GeneratedId generateId;

  /** The ways to generate an identifier. */
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
      description = "The columns to embed; several are joined with a space.")
  List<String> textColumns = new ArrayList<>();

  @Option(
      names = "--input-type",
      paramLabel = "TYPE",
      showDefaultValue = NEVER,
      description =
          "passage (the default) for texts to be searched, or query for texts to search with.")
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
