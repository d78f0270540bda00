package io.e5spark.source;

import static io.e5spark.platform.ColumnName.column;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StringType;

/**
 * The columns of a source that a job reads.
 *
 * @param input the source, as messages call it
 * @param rowIds the origin of the identifier of a row
 * @param idColumns the columns that identify a row; if empty, a usual one
 * @param textColumns the columns whose text is embedded
 * @param keepColumns further columns to carry over
 */
record SourceColumns(
    String input,
    RowIds rowIds,
    List<String> idColumns,
    List<String> textColumns,
    List<String> keepColumns) {
  /** The column with the text of a row. */
  static final String TEXT = "__e5_text";

  private static final List<String> USUAL_IDS = List.of("id", "_id");
  private static final List<String> USUAL_TEXTS = List.of("text");
  private static final int HASH_BITS = 256;

  /** The names of the fields that identify a message. */
  List<String> keys() {
    return idColumns.isEmpty() ? USUAL_IDS.subList(0, 1) : idColumns;
  }

  /** The names of the columns that identify one of these rows. */
  List<String> ids(Dataset<Row> rows) {
    if (!idColumns.isEmpty()) {
      return idColumns;
    }
    List<String> found = Arrays.asList(rows.columns());
    return USUAL_IDS.stream()
        .filter(found::contains)
        .findFirst()
        .map(List::of)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot read source %s: it has no column id or _id, found %s (name one with --id-column, or make one with --generate-id)"
                        .formatted(input, found)));
  }

  /** The names of columns that may hold texts or identify them. */
  List<String> checked() {
    List<String> checked = new ArrayList<>(textColumns);
    checked.addAll(idColumns.isEmpty() ? USUAL_IDS : idColumns);
    return checked;
  }

  /** The rows with the requested fields of structs, and a generated identifier, as columns. */
  Dataset<Row> prepared(Dataset<Row> rows) {
    List<String> wanted = new ArrayList<>(textColumns);
    wanted.addAll(idColumns);
    wanted.addAll(keepColumns);
    Dataset<Row> prepared = rows;
    for (String name : wanted) {
      prepared = isField(prepared, name) ? prepared.withColumn(name, col(name)) : prepared;
    }
    if (rowIds != RowIds.HASH) {
      return prepared;
    }
    requireNoId(rows);
    Column text = coalesce(text(prepared), lit(""));
    return prepared.withColumn(RowIds.COLUMN, sha2(text.cast("binary"), HASH_BITS));
  }

  /** Checks that a generated identifier does not hide a column. */
  void requireNoId(Dataset<Row> rows) {
    if (Arrays.stream(rows.columns()).anyMatch(RowIds.COLUMN::equalsIgnoreCase)) {
      throw new IllegalArgumentException(
          "Cannot generate column %s: the source %s already has it (leave out --generate-id)"
              .formatted(RowIds.COLUMN, input));
    }
  }

  /** Whether a name with dots is a field of a struct. */
  private static boolean isField(Dataset<Row> rows, String name) {
    if (!name.contains(".") || Arrays.asList(rows.columns()).contains(name)) {
      return false;
    }
    try {
      return rows.select(col(name)).columns().length == 1;
    } catch (Exception e) {
      // Scala throws checked exceptions that no signature names.
      if (e instanceof AnalysisException) {
        return false;
      }
      throw e;
    }
  }

  /** The identifying columns, the kept columns, and the text. */
  Dataset<Row> select(Dataset<Row> rows) {
    List<Column> columns = new ArrayList<>();
    for (String name : carried(rows)) {
      // Without the metadata of the source's column, such as a default value.
      columns.add(found(rows, name).as(name, Metadata.empty()));
    }
    columns.add(text(rows).as(TEXT, Metadata.empty()));
    return rows.select(columns.toArray(Column[]::new));
  }

  private List<String> carried(Dataset<Row> rows) {
    List<String> carried = new ArrayList<>(ids(rows));
    keepColumns.stream().filter(name -> !carried.contains(name)).forEach(carried::add);
    return carried;
  }

  private Column text(Dataset<Row> rows) {
    Column[] parts =
        textColumns.stream().map(name -> textColumn(rows, name)).toArray(Column[]::new);
    if (parts.length == 1) {
      return parts[0];
    }
    return when(coalesce(parts).isNotNull(), trim(concat_ws(" ", parts)));
  }

  private Column textColumn(Dataset<Row> rows, String name) {
    requireTextColumn(rows);
    Column column = found(rows, name);
    DataType type = rows.select(column).schema().fields()[0].dataType();
    if (!(type instanceof StringType)) {
      throw new IllegalArgumentException(
          "Cannot embed column %s: it holds %s (must be string)".formatted(name, type.sql()));
    }
    return column;
  }

  /** Without the option, the column has the usual name. */
  private void requireTextColumn(Dataset<Row> rows) {
    List<String> found = Arrays.asList(rows.columns());
    if (textColumns.equals(USUAL_TEXTS) && !found.containsAll(USUAL_TEXTS)) {
      throw new IllegalArgumentException(
          "Cannot read source %s: it has no column text, found %s (name the columns to embed with --text-columns)"
              .formatted(input, found));
    }
  }

  private Column found(Dataset<Row> rows, String name) {
    List<String> found = Arrays.asList(rows.columns());
    if (!found.contains(name)) {
      throw new IllegalArgumentException(
          "Cannot read source %s: column '%s' is missing, found %s".formatted(input, name, found));
    }
    return column(name);
  }
}
