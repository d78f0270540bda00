package io.e5spark.sql.table;

import io.e5spark.sql.node.VectorMatch;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.OuterReference;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.plans.LeftOuter$;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.runtime.BoxedUnit;

/**
 * A join by {@code NEAREST BY}, which Spark has since 4.2; this code knows its class by name, and
 * its arguments by their positions.
 *
 * @param left the rows that are searched for
 * @param right the rows that are searched
 * @param keepsLeft whether rows of the left side without a match come out
 * @param k the number of rows of the right side for each row of the left
 * @param ranking what ranks pairs
 * @param greatestFirst whether the greatest values come first
 */
record NearestBy(
    LogicalPlan left,
    LogicalPlan right,
    boolean keepsLeft,
    int k,
    Expression ranking,
    boolean greatestFirst) {
  private static final String NODE = "org.apache.spark.sql.catalyst.plans.logical.NearestByJoin";
  private static final String SIMILARITY = "NearestBySimilarity";
  private static final int MOST = 100_000;

  /** The join that a node is; empty if it is none, or its parts are not the expected ones. */
  static Optional<NearestBy> of(LogicalPlan node) {
    if (node.getClass().getName().equals(NODE)
        && node.productArity() == 7
        && node.productElement(0) instanceof LogicalPlan left
        && node.productElement(1) instanceof LogicalPlan right
        && node.productElement(4) instanceof Integer k
        && node.productElement(5) instanceof Expression ranking) {
      boolean keepsLeft = node.productElement(2) == LeftOuter$.MODULE$;
      boolean greatestFirst =
          node.productElement(6).getClass().getSimpleName().startsWith(SIMILARITY);
      return Optional.of(new NearestBy(left, right, keepsLeft, k, ranking, greatestFirst));
    }
    return Optional.empty();
  }

  /** What it finds. */
  VectorMatch.Nearest match() {
    return keepsLeft ? VectorMatch.Nearest.ofAll(k, 0) : VectorMatch.Nearest.found(k, 0);
  }

  /**
   * Whether another node may replace it. Spark rejects what it does not allow after the rules ran.
   */
  boolean isPlain() {
    return k >= 1
        && k <= MOST
        && ranking.deterministic()
        && !left.isStreaming()
        && !right.isStreaming()
        && !refersOutside(ranking)
        && !refersOutside(left)
        && !refersOutside(right);
  }

  private static boolean refersOutside(Expression expression) {
    return expression.exists(
        node -> node instanceof PlanExpression<?> || node instanceof OuterReference);
  }

  private static boolean refersOutside(LogicalPlan plan) {
    boolean[] found = {false};
    plan.foreach(
        node -> {
          node.expressions()
              .foreach(
                  expression -> {
                    found[0] |= expression.exists(OuterReference.class::isInstance);
                    return BoxedUnit.UNIT;
                  });
          return BoxedUnit.UNIT;
        });
    return found[0];
  }
}
