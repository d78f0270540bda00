package io.e5spark.sql.table;

import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.execution.datasources.FileIndex;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What a Delta table said at the version that a query names. A catalog knows only what it says now.
 * Delta's classes are not on the class path here, and differ between its distributions.
 */
final class TimeTravel {
  private TimeTravel() {}

  /** The properties at that version; empty if the query names none. */
  static Optional<Map<String, String>> properties(FileIndex files) {
    try {
      return Boolean.TRUE.equals(get(files, "isTimeTravelQuery"))
          ? Optional.of(properties(get(get(files, "metadata"), "configuration")))
          : Optional.empty();
    } catch (NoSuchMethodException e) {
      return Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot read what the old version of a table says", e);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, String> properties(Object configuration) {
    return CollectionConverters.asJava((scala.collection.Map<String, String>) configuration);
  }

  private static Object get(Object from, String name) throws ReflectiveOperationException {
    return from.getClass().getMethod(name).invoke(from);
  }
}
