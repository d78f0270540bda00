package io.e5spark.sql;

import java.util.function.Supplier;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.SparkSessionExtensionsProvider;
import scala.runtime.BoxedUnit;

/**
 * The functions and their batched operator, for {@code
 * spark.sql.extensions=io.e5spark.sql.E5Extensions}.
 */
public final class E5Extensions implements SparkSessionExtensionsProvider {
  private final Supplier<Batching> batching;

  public E5Extensions() {
    this(Batching::tried);
  }

  E5Extensions(Supplier<Batching> batching) {
    this.batching = batching;
  }

  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    Batching batched = batching.get();
    SqlFunction.all()
        .forEach(function -> extensions.injectFunction(function.registration(batched)));
    if (batched.works()) {
      extensions.injectPostHocResolutionRule(InstallExtraction::new);
      extensions.injectOptimizerRule(session -> new UnmarkCalls());
      extensions.injectPlannerStrategy(session -> new BatchEmbedStrategy());
    }
    return BoxedUnit.UNIT;
  }
}
