package io.e5spark.sql.catalyst;

import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.node.BatchEmbed;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.ExistenceJoin;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.JoinHint;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.jspecify.annotations.Nullable;
import scala.Option;

/**
 * A side of a join, told which of its rows meet a row of the other side: the calls of the join's
 * condition are reached by no others.
 *
 * @param plan the side, with columns that say it
 * @param calls with the guards that follow
 */
record Partners(LogicalPlan plan, List<GuardedCall> calls) {

  static Partners of(JoinSide side, List<GuardedCall> calls) {
    LogicalPlan plan = side.plan();
    List<GuardedCall> guarded = new ArrayList<>();
    for (GuardedCall call : calls) {
      if (side.has(call.call())) {
        Conditions conditions = Conditions.of(side, call.guard());
        Attribute met = conditions.canAsk() ? column() : null;
        plan = met == null ? plan : conditions.asked(plan, met);
        guarded.add(
            new GuardedCall(call.call(), met == null ? conditions.ownGuard() : met));
      } else {
        guarded.add(call);
      }
    }
    return new Partners(plan, guarded);
  }

  private static Attribute column() {
    return new AttributeReference(
        "met",
        DataTypes.BooleanType,
        false,
        Metadata.empty(),
        NamedExpression.newExprId(),
        ScalaBridge.seq(List.of()));
  }

  /**
   * What must hold for a call to be reached.
   *
   * @param side where the call's text is
   * @param own conditions on this side alone
   * @param shared conditions that need the other side
   */
  record Conditions(JoinSide side, List<Expression> own, List<Expression> shared) {

    static Conditions of(JoinSide side, @Nullable Expression guard) {
      List<Expression> all = new ArrayList<>(side.conditions().cheap());
      all.removeIf(one -> !one.deterministic());
      if (guard != null) {
        all.add(guard);
      }
      return new Conditions(
          side,
          all.stream().filter(side::has).toList(),
          all.stream().filter(one -> !side.has(one)).toList());
    }

    @Nullable Expression ownGuard() {
      return own.isEmpty() ? null : Conjuncts.all(own);
    }

    /** Whether looking for a partner is cheap, and gives what the join will find. */
    boolean canAsk() {
      boolean needed = !side.isInner() || !shared.isEmpty();
      JoinSide across = new JoinSide(side.join(), !side.isLeft());
      return needed
          && (side.hasKey(shared) || across.isHeld())
          && !bareOther().exists(Conditions::differs);
    }

    /** Whether a node costs as much as what is saved, or gives other rows when it runs again. */
    private static boolean differs(LogicalPlan node) {
      return node instanceof BatchEmbed
          || ScalaBridge.list(node.expressions()).stream()
              .anyMatch(one -> !one.deterministic() || GuardedCall.isIn(one));
    }

    private List<Expression> all() {
      List<Expression> all = new ArrayList<>(own);
      all.addAll(shared);
      return all;
    }

    /** The other side without what was only put on it for calls of its own. */
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
          || (node instanceof Join join && join.joinType() instanceof ExistenceJoin);
    }

    LogicalPlan asked(LogicalPlan plan, Attribute met) {
      List<Expression> all = all();
      AttributeSet needed = AttributeSet.apply(ScalaBridge.seq(all));
      List<Attribute> columns =
          ScalaBridge.list(side.other().output()).stream().filter(needed::contains).toList();
      return new Join(
          plan,
          Columns.of(ScalaBridge.seq(columns), copied(bareOther())),
          new ExistenceJoin(met),
          all.isEmpty() ? Option.empty() : Option.apply(Conjuncts.all(all)),
          JoinHint.NONE());
    }

    /** Other objects of the same plan: adaptive execution replaces nodes by identity. */
    private static LogicalPlan copied(LogicalPlan plan) {
      if (plan.children().isEmpty()) {
        return plan.productArity() == 0 ? plan : ScalaBridge.with(plan, 0, plan.productElement(0));
      }
      return plan.withNewChildrenInternal(
          ScalaBridge.map(plan.children(), Conditions::copied).toIndexedSeq());
    }
  }
}
