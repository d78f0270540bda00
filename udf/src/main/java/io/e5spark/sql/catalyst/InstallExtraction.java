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
 * Adds {@link MixedForms} and {@link ExtractBatchEmbed} to the late optimizer rules of the session,
 * which extensions cannot reach, and makes it possible to lift the functions of {@link
 * io.e5spark.sql.E5FunctionCatalog}.
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
   * Adds the rules to a session that does not have them. If several queries begin at once, one of
   * them adds the rules. What other code adds at the same time, without holding the monitor of the
   * session's experimental methods, may be lost, because Spark can only replace the list.
   */
  public static void into(SparkSession session) {
    rulesInto(
        session,
        List.of(MixedForms.afterCallsMoved(), new ExtractBatchEmbed(), new ProjectSortKey()));
  }

  /** Adds rules in the same way; a rule whose class is already there is not added again. */
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

  /** Adds a strategy in the same way to a session that was started without {@code E5Extensions}. */
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
