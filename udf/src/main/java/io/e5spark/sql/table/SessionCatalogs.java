package io.e5spark.sql.table;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.CatalogManager;
import org.apache.spark.sql.connector.catalog.TableCatalog;

/** The catalogs of a session, on every version of Spark. */
record SessionCatalogs(SparkSession session) {
  /** The namespace in which names without one are looked up. */
  String[] currentNamespace() {
    return (String[]) call("currentNamespace");
  }

  /** The catalog with this name; empty if it has no tables. */
  Optional<TableCatalog> tables(String catalog) {
    return call("catalog", catalog) instanceof TableCatalog tables
        ? Optional.of(tables)
        : Optional.empty();
  }

  /**
   * The type is a class up to Spark 4.1 and an interface since, and a compiled call would fit only
   * one of them.
   */
  private Object call(String name, String... arguments) {
    Class<?>[] types = new Class<?>[arguments.length];
    Arrays.fill(types, String.class);
    try {
      return CatalogManager.class
          .getMethod(name, types)
          .invoke(session.sessionState().catalogManager(), (Object[]) arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("Cannot read the session's catalogs", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot read the session's catalogs", e);
    }
  }
}
