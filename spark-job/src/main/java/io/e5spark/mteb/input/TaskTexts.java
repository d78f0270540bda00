package io.e5spark.mteb.input;

import java.util.Map;
import org.apache.spark.sql.Row;

/**
 * Some rows of a task without their vectors.
 *
 * @param rows the rows by number, with the number and the requested columns
 */
public record TaskTexts(Map<Long, Row> rows) {
  /**
   * A row.
   *
   * @throws IllegalStateException if it was not requested
   */
  public Row of(long number) {
    Row row = rows.get(number);
    if (row == null) {
      throw new IllegalStateException("Row %s was not read".formatted(number));
    }
    return row;
  }
}
