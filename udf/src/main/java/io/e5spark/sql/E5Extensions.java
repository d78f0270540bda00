package io.e5spark.sql;

import io.e5spark.sql.catalyst.InstallExtraction;
import io.e5spark.sql.catalyst.MakeEvaluable;
import io.e5spark.sql.catalyst.MixedForms;
import io.e5spark.sql.catalyst.OperatorSupport;
import io.e5spark.sql.expression.SqlFunction;
import io.e5spark.sql.node.BatchEmbedStrategy;
import io.e5spark.sql.node.VectorJoinStrategy;
import io.e5spark.sql.table.PruneJoin;
import io.e5spark.sql.table.RewriteNearestBy;
import io.e5spark.sql.table.TableFunction;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.SparkSessionExtensionsProvider;
import scala.runtime.BoxedUnit;

/**
 * Adds the functions and their batched operator to a session: {@code
 * spark.sql.extensions=io.e5spark.sql.E5Extensions}.
 */
public final class E5Extensions implements SparkSessionExtensionsProvider {
  /**
   * The sessions that are being built. A session that names this class and also finds it as a
   * service applies it twice.
   */
  private static final Set<SparkSessionExtensions> EXTENDED =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  private final Supplier<OperatorSupport> batching;

  public E5Extensions() {
    this(OperatorSupport::tried);
  }

  E5Extensions(Supplier<OperatorSupport> batching) {
    this.batching = batching;
  }

  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    if (EXTENDED.add(extensions)) {
      extend(extensions, batching.get());
    }
    return BoxedUnit.UNIT;
  }

  private static void extend(SparkSessionExtensions extensions, OperatorSupport batched) {
    SqlFunction.all()
        .forEach(function -> extensions.injectFunction(batched.registration(function)));
    for (TableFunction function : TableFunction.values()) {
      extensions.injectTableFunction(function.registration());
    }
    if (batched.works()) {
      extensions.injectPostHocResolutionRule(InstallExtraction::new);
    }
    extensions.injectPostHocResolutionRule(session -> new RewriteNearestBy());
    extensions.injectPostHocResolutionRule(session -> MixedForms.beforeCallsMove());
    extensions.injectOptimizerRule(session -> new PruneJoin());
    extensions.injectPlannerStrategy(session -> new VectorJoinStrategy());
    if (batched.works()) {
      extensions.injectOptimizerRule(session -> new MakeEvaluable());
      extensions.injectPreCBORule(session -> new MakeEvaluable());
      extensions.injectPlannerStrategy(session -> new BatchEmbedStrategy());
    }
  }
}
