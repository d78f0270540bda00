package io.e5spark.sql.catalyst;

import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.guard.Conjuncts;
import io.e5spark.sql.guard.GuardedCall;
import io.e5spark.sql.node.BatchEmbed;
import io.e5spark.sql.node.SharedRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.ExistenceJoin;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.JoinHint;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Offset;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sample;
import org.apache.spark.sql.catalyst.plans.logical.Window;
import org.apache.spark.sql.execution.columnar.InMemoryRelation;
import org.jspecify.annotations.Nullable;
import scala.Option;

/**
 * The conditions under which a call in the condition of a join is reached.
 *
 * @param side the side that has the text of the call
 * @param own the conditions on this side only
 * @param shared the conditions that also need the other side
 */
record MeetingRows(JoinSide side, List<Expression> own, List<Expression> shared) {

  static MeetingRows of(JoinSide side, @Nullable Expression guard) {
    List<Expression> all = new ArrayList<>(side.conditions().cheap());
    all.removeIf(one -> !one.deterministic());
    if (guard != null) {
      all.add(guard);
    }
    return new MeetingRows(
        side,
        all.stream().filter(side::has).toList(),
        all.stream().filter(one -> !side.has(one)).toList());
  }

  @Nullable Expression ownGuard() {
    return own.isEmpty() ? null : Conjuncts.all(own);
  }

  /** Whether looking for a partner is cheap, and finds what the join will find. */
  boolean canAsk() {
    LogicalPlan other = bareOther();
    return isWorthIt() && isDeterministic(other) && !mustRunOnce(other);
  }

  /** Whether looking would be cheap and right if the other side were computed only once. */
  boolean mustShare() {
    LogicalPlan other = bareOther();
    return isWorthIt() && isDeterministic(other) && mustRunOnce(other);
  }

  private boolean isWorthIt() {
    boolean needed = !side.isInner() || !shared.isEmpty();
    boolean isStream = side.other().isStreaming();
    return needed && !isStream && (meetsDirectly() || Extremes.of(side, shared) != null);
  }

  /** Whether partners can be looked for among all rows of the other side. */
  private boolean meetsDirectly() {
    return side.hasKey(shared) || new JoinSide(side.join(), !side.isLeft()).isHeld();
  }

  private static boolean isDeterministic(LogicalPlan plan) {
    return !plan.exists(
        node ->
            ScalaBridge.list(node.expressions()).stream().anyMatch(one -> !one.deterministic()));
  }

  /** Whether running a plan again would embed again, or might return other rows. */
  private static boolean mustRunOnce(LogicalPlan plan) {
    if (plan instanceof SharedRows) {
      return false;
    }
    boolean here =
        plan instanceof BatchEmbed
            || dependsOnOrder(plan)
            || !plan.expressions().forall(MeetingRows::isPlain);
    return here || ScalaBridge.list(plan.children()).stream().anyMatch(MeetingRows::mustRunOnce);
  }

  /** Whether the order in which rows arrive from a shuffle decides about rows or their values. */
  private static boolean dependsOnOrder(LogicalPlan node) {
    return node instanceof GlobalLimit
        || node instanceof LocalLimit
        || node instanceof Offset
        || node instanceof Sample
        || node instanceof Window;
  }

  private static boolean isPlain(Expression expression) {
    return !GuardedCall.isIn(expression);
  }

  private List<Expression> all() {
    List<Expression> all = new ArrayList<>(own);
    all.addAll(shared);
    return all;
  }

  /** The other side without what was added to it only for its own calls. */
  private LogicalPlan bareOther() {
    AttributeSet needed = AttributeSet.apply(ScalaBridge.seq(all()));
    LogicalPlan bare = side.other();
    while (isAddition(bare)
        && ScalaBridge.list(bare.output()).stream()
            .filter(needed::contains)
            .allMatch(bare.children().head().outputSet()::contains)) {
      bare = bare.children().head();
    }
    return bare;
  }

  private static boolean isAddition(LogicalPlan node) {
    return node instanceof BatchEmbed
        || (node instanceof Join join && join.joinType() instanceof ExistenceJoin)
        || (node instanceof Project project
            && project.projectList().forall(Attribute.class::isInstance));
  }

  /** The rows of the side with a column that says whether they meet a row. */
  LogicalPlan asked(LogicalPlan plan, Attribute met) {
    LogicalPlan other = copied(bareOther());
    if (meetsDirectly()) {
      return asked(plan, met, all(), needed(other));
    }
    Extremes extremes = Objects.requireNonNull(Extremes.of(side, shared));
    List<Expression> conditions = new ArrayList<>(own);
    conditions.add(extremes.condition());
    return asked(plan, met, conditions, extremes.in(other));
  }

  private static LogicalPlan asked(
      LogicalPlan plan, Attribute met, List<Expression> conditions, LogicalPlan other) {
    Option<Expression> condition =
        conditions.isEmpty() ? Option.empty() : Option.apply(Conjuncts.all(conditions));
    return new Join(plan, other, new ExistenceJoin(met), condition, JoinHint.NONE());
  }

  private LogicalPlan needed(LogicalPlan other) {
    AttributeSet needed = AttributeSet.apply(ScalaBridge.seq(all()));
    List<Attribute> columns =
        ScalaBridge.list(side.other().output()).stream().filter(needed::contains).toList();
    return Columns.of(ScalaBridge.seq(columns), other);
  }

  /** A copy of the same plan, because adaptive execution replaces nodes by identity. */
  private static LogicalPlan copied(LogicalPlan plan) {
    if (plan instanceof InMemoryRelation cached) {
      // A copy by its constructor loses its statistics.
      return cached.withOutput(cached.output());
    }
    if (plan.children().isEmpty()) {
      return plan.productArity() == 0 ? plan : ScalaBridge.with(plan, 0, plan.productElement(0));
    }
    return plan.withNewChildrenInternal(
        ScalaBridge.map(plan.children(), MeetingRows::copied).toIndexedSeq());
  }
}
