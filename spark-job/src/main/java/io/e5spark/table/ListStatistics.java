package io.e5spark.table;

import io.e5spark.platform.ColumnName;
import java.util.Arrays;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * The statistics that Delta keeps of the column that holds the list of a row. Without them, a
 * search cannot skip files, and Delta does not order files by that column.
 *
 * @param column the column
 * @param table the properties of the table, in which its owner may have limited the statistics
 */
record ListStatistics(String column, Map<String, String> table) {
  private static final String NAMED = StatisticsColumns.PROPERTY;
  private static final String COUNT = "delta.dataSkippingNumIndexedCols";
  private static final String DEFAULT_COUNT = "32";
  private static final int ALL = -1;

  /** The properties that add them to the statistics that the owner wants; empty if none must. */
  Map<String, String> properties() {
    String named = table.getOrDefault(NAMED, "");
    if (named.isBlank()) {
      boolean none = table.containsKey(NAMED) || count() == 0;
      return none ? Map.of(NAMED, ColumnName.quoted(column)) : Map.of();
    }
    return names(named) ? Map.of() : Map.of(NAMED, named + ", " + ColumnName.quoted(column));
  }

  private boolean names(String named) {
    return StatisticsColumns.named(named).stream()
        .map(name -> name.replace("`", ""))
        .anyMatch(column::equals);
  }

  /**
   * Whether the column must come first, because Delta keeps no statistics of a column behind these.
   */
  boolean mustComeFirst(StructType columns) {
    return !table.containsKey(NAMED) && count() > 0 && leaves(columns) >= count();
  }

  private int count() {
    int count = Integer.parseInt(table.getOrDefault(COUNT, DEFAULT_COUNT));
    return count == ALL ? Integer.MAX_VALUE : count;
  }

  /** The number of columns, where the fields of a struct count one by one. */
  private static int leaves(DataType type) {
    return type instanceof StructType struct
        ? Arrays.stream(struct.fields()).mapToInt(field -> leaves(field.dataType())).sum()
        : 1;
  }
}
