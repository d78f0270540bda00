package io.e5spark.table;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/**
 * The names of columns that a new or replaced table gets. Without column mapping, Delta takes the
 * characters alone that Parquet takes.
 *
 * @param table the table, as the user calls it
 */
record ColumnNames(String table) {
  private static final Pattern REJECTED = Pattern.compile("[ ,;{}()\n\t=]");
  private static final String MODE = "delta.columnMapping.mode";
  private static final String NONE = "none";

  /** What new tables get where nothing else is declared. */
  private static final String DEFAULT_MODE =
      "spark.databricks.delta.properties.defaults.columnMapping.mode";

  /**
   * Checks the names.
   *
   * @param mode how Delta maps the names of the table: none, id or name
   * @throws IllegalArgumentException with the first name that Delta does not take
   */
  void require(StructType schema, String mode) {
    Optional<String> rejected =
        mode.equals(NONE)
            ? names(schema).filter(REJECTED.asPredicate()).findFirst()
            : Optional.empty();
    if (rejected.isPresent()) {
      throw new IllegalArgumentException(
          "Cannot write to table %s: Delta takes no column named '%s', because of the characters in its name (rename it in the source, or let new tables have any names with --conf %s=name)"
              .formatted(table, rejected.get(), DEFAULT_MODE));
    }
  }

  /** How Delta will map the names of a table with these properties. */
  static String mode(Map<String, String> properties, RuntimeConfig session) {
    return properties.getOrDefault(MODE, session.get(DEFAULT_MODE, NONE));
  }

  private static Stream<String> names(DataType type) {
    if (type instanceof StructType struct) {
      return Stream.of(struct.fields())
          .flatMap(field -> Stream.concat(Stream.of(field.name()), names(field.dataType())));
    }
    if (type instanceof ArrayType array) {
      return names(array.elementType());
    }
    return type instanceof MapType map
        ? Stream.concat(names(map.keyType()), names(map.valueType()))
        : Stream.empty();
  }
}
