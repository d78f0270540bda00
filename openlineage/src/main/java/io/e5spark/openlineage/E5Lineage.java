package io.e5spark.openlineage;

import io.openlineage.spark.agent.lifecycle.plan.column.ColumnLevelLineageVisitor;
import io.openlineage.spark.api.OpenLineageContext;
import io.openlineage.spark.api.OpenLineageEventHandlerFactory;
import java.util.Collection;
import java.util.List;

/** The service that OpenLineage's agent finds on its class path. */
public final class E5Lineage implements OpenLineageEventHandlerFactory {
  @Override
  public Collection<ColumnLevelLineageVisitor> createColumnLevelLineageVisitors(
      OpenLineageContext context) {
    return List.of(new EmbeddedColumns());
  }
}
