package io.e5spark.sql.catalyst;

import io.e5spark.sql.expression.ScalaBridge;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.ExperimentalMethods;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.SparkStrategy;

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

  /**
   * Adds the rules to a session that does not have them. Of queries that begin at once, one adds
   * them; what others add meanwhile without holding the monitor of the session's experimental
   * methods may be lost, since Spark has no way to add to a list but to replace it.
   */
  public static void into(SparkSession session) {
    rulesInto(session, List.of(new ExtractBatchEmbed(), new ProjectSortKey()));
  }

  /** Adds rules, likewise; those of a class that is there already are there. */
  static void rulesInto(SparkSession session, List<Rule<LogicalPlan>> further) {
    ExperimentalMethods methods = session.experimental();
    synchronized (methods) {
      List<Rule<LogicalPlan>> rules =
          new ArrayList<>(ScalaBridge.list(methods.extraOptimizations()));
      if (addMissing(rules, further)) {
        methods.extraOptimizations_$eq(ScalaBridge.seq(rules));
      }
    }
  }

  /** Adds a strategy to a session that was started without {@code E5Extensions}, likewise. */
  static void strategyInto(SparkSession session, SparkStrategy further) {
    ExperimentalMethods methods = session.experimental();
    synchronized (methods) {
      List<SparkStrategy> strategies = new ArrayList<>(ScalaBridge.list(methods.extraStrategies()));
      if (addMissing(strategies, List.of(further))) {
        methods.extraStrategies_$eq(ScalaBridge.seq(strategies));
      }
    }
  }

  private static <T> boolean addMissing(List<T> present, List<T> further) {
    List<T> missing =
        further.stream()
            .filter(one -> present.stream().noneMatch(other -> other.getClass() == one.getClass()))
            .toList();
    return present.addAll(missing);
  }
}
