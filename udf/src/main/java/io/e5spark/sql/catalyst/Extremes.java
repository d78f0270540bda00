package io.e5spark.sql.catalyst;

import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.guard.Conjuncts;
import java.util.List;
import org.apache.spark.sql.catalyst.dsl.package$plans$DslLogicalPlan;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.expressions.aggregate.Max;
import org.apache.spark.sql.catalyst.expressions.aggregate.Min;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.jspecify.annotations.Nullable;

/**
 * The least and the greatest value of one side of a join, which decide whether a row of the other
 * side meets any row: {@code a.x < b.y} holds for some {@code b} if it holds for the greatest
 * {@code y}.
 *
 * @param filters the conditions on the rows of the side
 * @param least the least value of the side
 * @param greatest the greatest value of the side
 * @param condition whether a row of the other side meets one, expressed with these two
 */
record Extremes(List<Expression> filters, Alias least, Alias greatest, Expression condition) {

  /** The extremes that decide the only condition of a join on both sides; null if none do. */
  static @Nullable Extremes of(JoinSide side, List<Expression> shared) {
    JoinSide across = new JoinSide(side.join(), !side.isLeft());
    List<Expression> filters = shared.stream().filter(across::has).toList();
    List<Expression> ofBoth = shared.stream().filter(one -> !across.has(one)).toList();
    return ofBoth.size() == 1 ? of(side, ofBoth.get(0), filters) : null;
  }

  private static @Nullable Extremes of(JoinSide side, Expression shared, List<Expression> filters) {
    boolean differs = shared instanceof Not not && not.child() instanceof EqualTo;
    Expression compared = differs ? ((Not) shared).child() : shared;
    if (!(differs || isUp(compared) || isDown(compared)) || !side.pairs(compared)) {
      return null;
    }
    boolean isFirst = side.has(compared.children().head());
    Expression theirs = compared.children().apply(isFirst ? 1 : 0);
    Alias least = ScalaBridge.alias("least", new Min(theirs).toAggregateExpression());
    Alias greatest = ScalaBridge.alias("greatest", new Max(theirs).toAggregateExpression());
    Expression toLeast = against(compared, isFirst, least);
    Expression toGreatest = against(compared, isFirst, greatest);
    Expression condition =
        differs
            ? new Or(new Not(toLeast), new Not(toGreatest))
            : isUp(compared) == isFirst ? toGreatest : toLeast;
    return new Extremes(filters, least, greatest, condition);
  }

  private static boolean isUp(Expression condition) {
    return condition instanceof LessThan || condition instanceof LessThanOrEqual;
  }

  private static boolean isDown(Expression condition) {
    return condition instanceof GreaterThan || condition instanceof GreaterThanOrEqual;
  }

  private static Expression against(Expression compared, boolean isFirst, Alias extreme) {
    Expression own = compared.children().apply(isFirst ? 0 : 1);
    List<Expression> both =
        isFirst ? List.of(own, extreme.toAttribute()) : List.of(extreme.toAttribute(), own);
    return compared.withNewChildren(ScalaBridge.seq(both));
  }

  /** One row with the extremes of these rows. */
  LogicalPlan in(LogicalPlan rows) {
    LogicalPlan filtered = filters.isEmpty() ? rows : new Filter(Conjuncts.all(filters), rows);
    return new package$plans$DslLogicalPlan(filtered)
        .groupBy(ScalaBridge.seq(List.of()), ScalaBridge.seq(List.of(least, greatest)));
  }
}
