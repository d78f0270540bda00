package io.e5spark.sql.catalyst;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;

/**
 * Sees to it that the session has {@link ExtractBatchEmbed} among its late optimizer rules, which
 * extensions cannot reach, and that functions of {@link io.e5spark.sql.E5FunctionCatalog} can be
 * lifted too.
 */
public final class InstallExtraction extends Rule<LogicalPlan> {
  private final SparkSession session;

  public InstallExtraction(SparkSession session) {
    this.session = session;
  }

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    into(session);
    return plan.resolveExpressions(ScalaBridge.rewrite(CatalogFunction::liftable));
  }

  public static void into(SparkSession session) {
    List<Rule<LogicalPlan>> rules =
        new ArrayList<>(ScalaBridge.list(session.experimental().extraOptimizations()));
    if (rules.stream().noneMatch(ExtractBatchEmbed.class::isInstance)) {
      rules.add(new ExtractBatchEmbed());
      rules.add(new ProjectSortKey());
      session.experimental().extraOptimizations_$eq(ScalaBridge.seq(rules));
    }
  }
}
