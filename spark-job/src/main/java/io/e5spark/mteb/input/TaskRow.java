package io.e5spark.mteb.input;

import io.e5spark.mteb.folder.TaskRows;
import io.e5spark.vector.BinaryForm;
import java.io.Serializable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/**
 * A row of a task with the vectors of its texts.
 *
 * @param number the number in the files
 * @param vectors the vectors by column, in the order of the column's list
 * @param data the other columns
 */
@SuppressWarnings("ArrayRecordComponent")
public record TaskRow(long number, Map<String, float[][]> vectors, Row data)
    implements Serializable {
  /** The column that {@link EmbeddedRows} adds. */
  static final String FOUND = "_vectors";

  @SuppressWarnings("ArrayRecordComponent")
  private record Found(String column, int position, float[] vector) {}

  static TaskRow of(Row row) {
    if (row.isNullAt(row.fieldIndex(FOUND))) {
      throw new IllegalArgumentException(
          "Cannot evaluate row %s: it has no texts".formatted(row.<Long>getAs(TaskRows.NUMBER)));
    }
    List<Row> found = row.getList(row.fieldIndex(FOUND));
    Map<String, List<Found>> byColumn =
        found.stream()
            .map(
                one ->
                    new Found(
                        one.getString(0), one.getInt(1), BinaryForm.PACKED.floats(one.getAs(2))))
            .sorted(Comparator.comparingInt(Found::position))
            .collect(Collectors.groupingBy(Found::column));
    Map<String, float[][]> vectors = new HashMap<>();
    byColumn.forEach(
        (column, list) ->
            vectors.put(column, list.stream().map(Found::vector).toArray(float[][]::new)));
    return new TaskRow(row.getLong(row.fieldIndex(TaskRows.NUMBER)), vectors, row);
  }

  /** The vectors of the list in a column; none if it is empty. */
  public float[][] vectors(String column) {
    return vectors.getOrDefault(column, new float[0][]);
  }

  /** The vector of the only text in a column. */
  public float[] vector(String column) {
    return vectors(column)[0];
  }

  /** The number in a column. */
  public double number(String column) {
    Object value = data.get(data.fieldIndex(column));
    if (value instanceof Number found) {
      return found.doubleValue();
    }
    throw new IllegalArgumentException(
        String.format(Locale.ROOT, "%s of row %d is %s (must be a number)", column, number, value));
  }

  /** A column as text, whatever its type. */
  public String text(String column) {
    return String.valueOf(data.get(data.fieldIndex(column)));
  }

  /** The list in a column as texts; a value that is not a list counts as a list of one. */
  public List<String> texts(String column) {
    int index = data.fieldIndex(column);
    return data.get(index) instanceof scala.collection.Seq<?>
        ? data.getList(index).stream().map(String::valueOf).toList()
        : List.of(text(column));
  }

  /** The list of numbers in a column. */
  public double[] numbers(String column) {
    List<Number> values = data.getList(data.fieldIndex(column));
    return values.stream().mapToDouble(Number::doubleValue).toArray();
  }
}
