package io.e5spark.sql.guard;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * The conditions of a filter in two filters, one above the other: those without calls come first.
 * One that is not deterministic stays behind the calls that it comes after, since it is drawn only
 * for the rows that are left.
 *
 * @param cheap those that need no call
 * @param others the rest
 */
public record OrderedConditions(List<Expression> cheap, List<Expression> others) {

  public static OrderedConditions none() {
    return new OrderedConditions(new ArrayList<>(), new ArrayList<>());
  }

  public static OrderedConditions of(Expression condition) {
    OrderedConditions conditions = none();
    Conjuncts.of(condition).forEach(conditions::add);
    return conditions;
  }

  public List<Expression> all() {
    List<Expression> all = new ArrayList<>(cheap);
    all.addAll(others);
    return all;
  }

  private void add(Expression condition) {
    boolean mayPass =
        condition.deterministic()
            ? others.stream().allMatch(Expression::deterministic)
            : others.isEmpty();
    (mayPass && !GuardedCall.isIn(condition) ? cheap : others).add(condition);
  }

  public boolean splits() {
    return !cheap.isEmpty() && !others.isEmpty();
  }

  /**
   * The others, divided into those that need the calls of the first one at most, and the rest: rows
   * that these leave out need not reach the calls of the rest.
   */
  public Conjuncts firstOthers() {
    boolean together = others.stream().anyMatch(one -> !one.deterministic());
    return Conjuncts.divided(
        Conjuncts.all(others), one -> together || GuardedCall.areAllIn(one, others.get(0)));
  }

  /** Both filters over a plan. */
  public Filter inTwo(LogicalPlan child) {
    return new Filter(Conjuncts.all(others), cheapBelow(child));
  }

  /**
   * The rows for which the cheap conditions hold. Generated code checks for null last, so what
   * comes before chance has a filter of its own.
   */
  public LogicalPlan cheapBelow(LogicalPlan child) {
    LogicalPlan filtered = child;
    List<Expression> together = new ArrayList<>();
    for (Expression condition : cheap) {
      if (!condition.deterministic() && !together.isEmpty()) {
        filtered = new Filter(Conjuncts.all(together), filtered);
        together.clear();
      }
      together.add(condition);
    }
    return together.isEmpty() ? filtered : new Filter(Conjuncts.all(together), filtered);
  }
}
