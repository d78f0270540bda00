package io.e5spark.sql.guard;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * The conditions of a filter as two filters, one above the other: those without calls come first. A
 * condition that is not deterministic stays behind the calls before it, because it is drawn only
 * for the rows that remain.
 *
 * @param cheap the conditions that need no call
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
   * The other conditions, divided into those that need at most the calls of the first one, and the
   * rest. Rows that the former reject need not reach the calls of the rest.
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
   * The rows for which the cheap conditions hold. Generated code checks for null last, so the
   * conditions before a random one have a filter of their own.
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
