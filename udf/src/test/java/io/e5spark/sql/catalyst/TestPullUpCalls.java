package io.e5spark.sql.catalyst;

import static io.e5spark.sql.catalyst.Plans.call;
import static io.e5spark.sql.catalyst.Plans.column;
import static io.e5spark.sql.catalyst.Plans.nodes;
import static io.e5spark.sql.catalyst.Plans.number;
import static io.e5spark.sql.catalyst.Plans.only;
import static io.e5spark.sql.catalyst.Plans.project;
import static io.e5spark.sql.catalyst.Plans.rows;
import static io.e5spark.sql.catalyst.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.guard.GuardedCall;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Ascending$;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NullsFirst$;
import org.apache.spark.sql.catalyst.expressions.Rand;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.Upper;
import org.apache.spark.sql.catalyst.expressions.aggregate.Max;
import org.apache.spark.sql.catalyst.plans.Inner$;
import org.apache.spark.sql.catalyst.plans.JoinType;
import org.apache.spark.sql.catalyst.plans.LeftOuter$;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.JoinHint;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Offset;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import scala.Option;

class TestPullUpCalls {
  private static final Attribute TEXT = text("text");
  private static final Attribute DATE = column("date", DataTypes.DateType);
  private static final LogicalPlan ROWS = rows(TEXT, DATE);
  private static final Attribute OTHER = text("other");
  private static final LogicalPlan OTHERS = rows(OTHER);
  private static final Expression BOTH =
      new IsNotNull(call(new If(new IsNotNull(TEXT), TEXT, OTHER)));
  private static final Alias VECTOR = ScalaBridge.alias("vector", call(TEXT));
  private static final Alias CHANCE =
      ScalaBridge.alias("chance", new Rand(Literal.create(7L, DataTypes.LongType)));

  private static Aggregate grouped(Expression key, Expression... results) {
    return new Aggregate(ScalaBridge.seq(List.of(key)), Plans.named(results), ROWS, Option.empty());
  }

  private static Sort sorted(Expression key, LogicalPlan child) {
    SortOrder order =
        new SortOrder(key, Ascending$.MODULE$, NullsFirst$.MODULE$, ScalaBridge.seq(List.of()));
    return new Sort(ScalaBridge.seq(order), true, child, Option.empty());
  }

  /**
   * Returns the rewritten plan. It asserts that the output is unchanged and that only the top node
   * has calls.
   */
  private static Project pulledUp(LogicalPlan plan) {
    LogicalPlan rewritten = PullUpCalls.rewrite(plan);
    assertThat(rewritten.output()).isEqualTo(plan.output());
    assertThat(rewritten.resolved()).isTrue();
    assertThat(rewritten.missingInput().isEmpty()).isTrue();
    LogicalPlan below = rewritten.children().head();
    assertThat(
            below.exists(
                node -> ScalaBridge.list(node.expressions()).stream().anyMatch(GuardedCall::isIn)))
        .isFalse();
    return (Project) rewritten;
  }

  @Test
  void callOfAnAggregateIsComputedOnceAGroup() {
    Expression latest = new Max(TEXT).toAggregateExpression();
    Alias vector = ScalaBridge.alias("vector", call(latest));
    Project above = pulledUp(grouped(DATE, DATE, vector));
    assertThat(nodes(above)).containsExactly("Project", "Aggregate", "LocalRelation");
    Aggregate below = only(above, Aggregate.class);
    assertThat(below.aggregateExpressions().apply(0)).isEqualTo(DATE);
    assertThat(((Alias) below.aggregateExpressions().apply(1)).child()).isEqualTo(latest);
  }

  @Test
  void callOfAGroupingKeyIsComputedOnceAGroup() {
    Project above = pulledUp(grouped(TEXT, VECTOR));
    assertThat(only(above, Aggregate.class).output()).isEqualTo(ScalaBridge.seq(TEXT));
    Expression key = new Upper(TEXT);
    Project ofExpression = pulledUp(grouped(key, ScalaBridge.alias("vector", call(key))));
    assertThat(nodes(ofExpression)).containsExactly("Project", "Aggregate", "LocalRelation");
  }

  @Test
  void callBelowAnAggregateStays() {
    Expression largest = new Max(call(TEXT)).toAggregateExpression();
    Aggregate plan = grouped(DATE, DATE, ScalaBridge.alias("largest", largest));
    assertThat(PullUpCalls.rewrite(plan)).isSameAs(plan);
  }

  @Test
  void limitsComeFirst() {
    Project projection = project(ROWS, DATE, VECTOR);
    assertThat(nodes(pulledUp(new GlobalLimit(number(10), projection))))
        .containsExactly("Project", "GlobalLimit", "LocalRelation");
    assertThat(nodes(pulledUp(new LocalLimit(number(10), projection))))
        .containsExactly("Project", "LocalLimit", "LocalRelation");
    assertThat(nodes(pulledUp(new Offset(number(10), projection))))
        .containsExactly("Project", "Offset", "LocalRelation");
  }

  @Test
  void limitGoesBelowSeveralProjections() {
    Project inner = project(ROWS, TEXT, VECTOR);
    Project outer = project(inner, VECTOR.toAttribute());
    LogicalPlan rewritten = PullUpCalls.rewrite(new GlobalLimit(number(10), outer));
    assertThat(nodes(rewritten))
        .containsExactly("Project", "Project", "GlobalLimit", "LocalRelation");
  }

  @Test
  void chanceStaysBelowTheLimit() {
    LogicalPlan limit = new GlobalLimit(number(10), project(ROWS, VECTOR, CHANCE));
    Project above = pulledUp(limit);
    assertThat(nodes(above)).containsExactly("Project", "GlobalLimit", "Project", "LocalRelation");
    assertThat(above.projectList().apply(1)).isEqualTo(CHANCE.toAttribute());
    LogicalPlan bare = new GlobalLimit(number(10), ROWS);
    assertThat(PullUpCalls.rewrite(bare)).isSameAs(bare);
  }

  @Test
  void sortComesFirstAndKeepsWhatCallsNeed() {
    Project above = pulledUp(sorted(DATE, project(ROWS, VECTOR, DATE)));
    assertThat(nodes(above)).containsExactly("Project", "Sort", "Project", "LocalRelation");
    assertThat(only(above, Sort.class).child().output())
        .isEqualTo(ScalaBridge.seq(List.of(DATE, TEXT)));
  }

  @Test
  void whatTheOrderNeedsIsComputedBelowTheSort() {
    Alias key = ScalaBridge.alias("key", new Upper(TEXT));
    Project above = pulledUp(sorted(key.toAttribute(), project(ROWS, TEXT, key, VECTOR)));
    assertThat(only(above, Sort.class).child().output())
        .isEqualTo(ScalaBridge.seq(List.of(TEXT, key.toAttribute())));
  }

  @Test
  void sortByACallStays() {
    Sort byVector = sorted(VECTOR.toAttribute(), project(ROWS, VECTOR));
    assertThat(PullUpCalls.rewrite(byVector)).isSameAs(byVector);
  }

  @Test
  void sortWithoutCallsStaysAndChanceStaysBelow() {
    Sort plain = sorted(DATE, project(ROWS, DATE));
    assertThat(PullUpCalls.rewrite(plain)).isSameAs(plain);
    Sort random = sorted(DATE, project(ROWS, DATE, VECTOR, CHANCE));
    assertThat(pulledUp(random).projectList().apply(2)).isEqualTo(CHANCE.toAttribute());
  }

  private static Join joined(JoinType type, Expression condition) {
    return new Join(ROWS, OTHERS, type, Option.apply(condition), JoinHint.NONE());
  }

  @Test
  void callOfBothSidesOfAnInnerJoinIsAConditionAboveIt() {
    Expression equal = new EqualTo(TEXT, OTHER);
    Filter above = (Filter) PullUpCalls.rewrite(joined(Inner$.MODULE$, new And(equal, BOTH)));
    assertThat(above.condition()).isEqualTo(BOTH);
    assertThat(((Join) above.child()).condition()).isEqualTo(Option.apply(equal));
    Filter alone = (Filter) PullUpCalls.rewrite(joined(Inner$.MODULE$, BOTH));
    assertThat(((Join) alone.child()).condition().isEmpty()).isTrue();
  }

  @Test
  void callsOfOneSideAndOfOtherJoinsStay() {
    Join oneSide = joined(Inner$.MODULE$, new IsNotNull(call(TEXT)));
    assertThat(PullUpCalls.rewrite(oneSide)).isSameAs(oneSide);
    Join outer = joined(LeftOuter$.MODULE$, BOTH);
    assertThat(PullUpCalls.rewrite(outer)).isSameAs(outer);
  }

  @Test
  void otherNodesStay() {
    Filter filter = new Filter(Plans.flag("flag"), project(ROWS, VECTOR));
    assertThat(PullUpCalls.rewrite(filter)).isSameAs(filter);
  }
}
