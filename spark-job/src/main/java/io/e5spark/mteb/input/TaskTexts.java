package io.e5spark.mteb.input;

import java.util.Map;
import org.apache.spark.sql.Row;

/**
 * Some rows of a task without their vectors.
 *
 * @param rows by number: the number, then the columns that were asked for
 */
public record TaskTexts(Map<Long, Row> rows) {
  /**
   * A row.
   *
   * @throws IllegalStateException if it was not asked for
   */
  public Row of(long number) {
    Row row = rows.get(number);
    if (row == null) {
      throw new IllegalStateException("Row %s was not read".formatted(number));
    }
    return row;
  }
}
