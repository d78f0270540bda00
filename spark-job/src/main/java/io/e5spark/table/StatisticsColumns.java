package io.e5spark.table;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** The columns to which the owner of a table has limited Delta's statistics. */
final class StatisticsColumns {
  /** The property with their names; absent if nothing limits the statistics. */
  static final String PROPERTY = "delta.dataSkippingStatsColumns";

  private static final String COMMA_OUTSIDE_QUOTES = ",(?=(?:[^`]*`[^`]*`)*[^`]*$)";

  private StatisticsColumns() {}

  /** Their names as they stand in the property, in order. */
  static List<String> named(String property) {
    return Arrays.stream(property.split(COMMA_OUTSIDE_QUOTES, -1)).map(String::strip).toList();
  }

  /**
   * Removes those that rows of a schema lack, because Delta accepts no others.
   *
   * @param properties the properties of a table, which are changed
   */
  static void keep(Map<String, String> properties, StructType rows) {
    properties.computeIfPresent(
        PROPERTY,
        (property, names) ->
            named(names).stream()
                .filter(name -> isIn(rows, name))
                .collect(Collectors.joining(", ")));
  }

  private static boolean isIn(StructType rows, String name) {
    Optional<DataType> found = Optional.of(rows);
    for (String part : CollectionConverters.asJava(UnresolvedAttribute.parseAttributeName(name))) {
      found = found.flatMap(type -> field(type, part));
    }
    return found.isPresent();
  }

  private static Optional<DataType> field(DataType type, String name) {
    return type instanceof StructType struct
        ? Arrays.stream(struct.fields())
            .filter(field -> field.name().equalsIgnoreCase(name))
            .map(StructField::dataType)
            .findFirst()
        : Optional.empty();
  }
}
