package io.e5spark.platform;

import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.CatalogManager;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCatalog;

/**
 * A table by its complete name.
 *
 * @param catalog the name of its catalog
 * @param database the database in that catalog
 * @param table the table in that database
 */
record CatalogTable(String catalog, String database, String table) {
  private static final String SESSION_CATALOG = "spark_catalog";
  private static final String DELTA = "delta";

  /** The Delta table at a path, which the catalog of the session knows by that path. */
  static CatalogTable at(String path) {
    return new CatalogTable(SESSION_CATALOG, DELTA, path);
  }

  /** The properties of the table; empty if the catalog has no such table. */
  Optional<Map<String, String>> properties(SparkSession spark) {
    return loaded(spark).map(Table::properties);
  }

  /** The state of the table; empty if the catalog has no such table, or cannot tell its state. */
  Optional<DeltaState> state(SparkSession spark) {
    return loaded(spark).flatMap(DeltaState::of);
  }

  /** Whether a named transaction has committed to the table; false if the catalog cannot tell. */
  boolean hasCommitted(SparkSession spark, String transaction) {
    return loaded(spark).filter(table -> DeltaState.hasCommitted(table, transaction)).isPresent();
  }

  private Optional<Table> loaded(SparkSession spark) {
    return catalog(spark) instanceof TableCatalog tables ? loaded(tables) : Optional.empty();
  }

  private Optional<Table> loaded(TableCatalog tables) {
    Identifier name = Identifier.of(new String[] {database}, table);
    try {
      return Optional.of(tables.loadTable(name));
    } catch (AnalysisException e) {
      return Optional.empty();
    }
  }

  /** The type is a class up to Spark 4.1, and an interface since. */
  private Object catalog(SparkSession spark) {
    return VersionedCall.call(
        spark.sessionState().catalogManager(), CatalogManager.class, "catalog", catalog);
  }
}
