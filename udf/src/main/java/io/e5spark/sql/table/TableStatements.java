package io.e5spark.sql.table;

import io.e5spark.lists.StatedIndex;
import io.e5spark.model.StatedVectors;
import io.e5spark.sql.expression.ScalaBridge;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.catalog.HiveTableRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import scala.jdk.javaapi.CollectionConverters;

/** What the tables that a query reads say about their vectors, also through views. */
final class TableStatements {
  private static final String SESSION_CATALOG = "spark_catalog";
  private static final String DELTA = "delta";

  private final SessionCatalogs catalogs;

  TableStatements(SparkSession session) {
    this.catalogs = new SessionCatalogs(session);
  }

  /** The statements about vectors, each once. */
  List<StatedVectors> vectors(LogicalPlan plan) {
    return properties(plan).flatMap(one -> StatedVectors.of(one).stream()).distinct().toList();
  }

  /** The statements about indexes, each once. */
  List<StatedIndex> indexes(LogicalPlan plan) {
    return properties(plan).flatMap(one -> StatedIndex.of(one).stream()).distinct().toList();
  }

  private Stream<Map<String, String>> properties(LogicalPlan plan) {
    return ScalaBridge.list(plan.collectLeaves()).stream().flatMap(leaf -> ofLeaf(leaf).stream());
  }

  private Optional<Map<String, String>> ofLeaf(LogicalPlan leaf) {
    if (leaf instanceof DataSourceV2Relation relation) {
      return Optional.of(relation.table().properties());
    }
    if (leaf instanceof HiveTableRelation relation) {
      return Optional.of(CollectionConverters.asJava(relation.tableMeta().properties()));
    }
    return leaf instanceof LogicalRelation relation ? ofRelation(relation) : Optional.empty();
  }

  private Optional<Map<String, String>> ofRelation(LogicalRelation relation) {
    return relation.relation() instanceof HadoopFsRelation files
        ? TimeTravel.properties(files.location()).or(() -> ofToday(relation))
        : ofToday(relation);
  }

  private Optional<Map<String, String>> ofToday(LogicalRelation relation) {
    if (relation.catalogTable().isDefined()) {
      return ofTable(relation.catalogTable().get().identifier());
    }
    return relation.relation() instanceof HadoopFsRelation files
        ? ScalaBridge.list(files.location().rootPaths()).stream()
            .limit(1)
            .flatMap(path -> ofPath(path).stream())
            .findFirst()
        : Optional.empty();
  }

  private Optional<Map<String, String>> ofTable(TableIdentifier table) {
    String catalog = table.catalog().isDefined() ? table.catalog().get() : SESSION_CATALOG;
    String[] namespace =
        table.database().isDefined()
            ? new String[] {table.database().get()}
            : catalogs.currentNamespace();
    return loaded(catalog, Identifier.of(namespace, table.table()));
  }

  /** A Delta table at a path has no name in a catalog, but the catalog knows it nevertheless. */
  private Optional<Map<String, String>> ofPath(Path path) {
    return loaded(SESSION_CATALOG, Identifier.of(new String[] {DELTA}, path.toString()));
  }

  private Optional<Map<String, String>> loaded(String catalog, Identifier table) {
    return catalogs.tables(catalog).flatMap(tables -> loaded(tables, table));
  }

  private static Optional<Map<String, String>> loaded(TableCatalog catalog, Identifier table) {
    try {
      return Stream.of(catalog.loadTable(table).properties()).findFirst();
    } catch (NoSuchTableException e) {
      return Optional.empty();
    }
  }
}
