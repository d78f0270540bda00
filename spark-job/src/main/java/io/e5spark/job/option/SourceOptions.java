package io.e5spark.job.option;

import io.e5spark.config.InputType;
import io.e5spark.source.SourceFormat;
import io.e5spark.source.TextSource;
import java.util.ArrayList;
import java.util.List;
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
      names = {"--id-column", "--key"},
      split = ",",
      paramLabel = "NAME",
      description = "Columns that identify a row; by default id or _id, whichever exists.")
  List<String> idColumns = new ArrayList<>();

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
    return new TextSource(input, inputFormat, idColumns, textColumns, keepColumns);
  }
}
