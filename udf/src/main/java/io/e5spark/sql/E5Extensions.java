package io.e5spark.sql;

import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.SparkSessionExtensionsProvider;
import scala.runtime.BoxedUnit;

/**
 * The functions and their batched operator, for {@code
 * spark.sql.extensions=io.e5spark.sql.E5Extensions}.
 */
public final class E5Extensions implements SparkSessionExtensionsProvider {
  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    SqlFunction.all().forEach(function -> extensions.injectFunction(function.registration()));
    extensions.injectPostHocResolutionRule(InstallExtraction::new);
    extensions.injectOptimizerRule(session -> new UnmarkCalls());
    extensions.injectPlannerStrategy(session -> new BatchEmbedStrategy());
    return BoxedUnit.UNIT;
  }
}
