package io.e5spark.search;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The values that identify a row, in readable form.
 *
 * @param values one per identifying column; null where the column is null
 */
record RowKey(List<@Nullable String> values) {
  /** The key of a row. */
  static RowKey of(Row row, List<String> columns) {
    return new RowKey(columns.stream().map(name -> text(row.getAs(name))).toList());
  }

  private static @Nullable String text(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value.toString();
  }

  /** The values, joined with a comma. */
  @Override
  public String toString() {
    return values.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
