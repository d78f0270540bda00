package io.e5spark.sql.catalyst;

import static io.e5spark.sql.catalyst.Plans.call;
import static io.e5spark.sql.catalyst.Plans.flag;
import static io.e5spark.sql.catalyst.Plans.nodes;
import static io.e5spark.sql.catalyst.Plans.number;
import static io.e5spark.sql.catalyst.Plans.project;
import static io.e5spark.sql.catalyst.Plans.rows;
import static io.e5spark.sql.catalyst.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.expression.UnevaluableEmbed;
import io.e5spark.sql.guard.Guards;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Rand;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.junit.jupiter.api.Test;

class TestChanceGuards {
  private static final Attribute TEXT = text("text");
  private static final Attribute FLAG = flag("flag");
  private static final LogicalPlan ROWS = rows(TEXT, FLAG);
  private static final UnevaluableEmbed CALL = call(TEXT);
  private static final Expression NONE = Literal.create(null, CALL.dataType());
  private static final Expression CHANCE = new IsNull(new Rand(number(5)));

  private static Project selected(Expression expression) {
    return project(ROWS, ScalaBridge.alias("vector", expression));
  }

  private static Alias drawn(LogicalPlan plan) {
    assertThat(nodes(plan.children().head())).containsExactly("Project", "LocalRelation");
    return (Alias) ((Project) plan.children().head()).projectList().last();
  }

  @Test
  void chanceBeforeACallIsDrawnOnceBelow() {
    Project drawn = (Project) ChanceGuards.below(selected(new If(CHANCE, CALL, NONE)));
    assertThat(drawn(drawn).child()).isEqualTo(CHANCE);
    Expression above = ((Alias) drawn.projectList().head()).child();
    assertThat(above).isEqualTo(new If(drawn(drawn).toAttribute(), CALL, NONE));
  }

  @Test
  void chanceIsDrawnForRowsThatReachIt() {
    Filter filter = new Filter(new And(FLAG, new And(CHANCE, new IsNotNull(CALL))), ROWS);
    If choice = (If) drawn(ChanceGuards.below(filter)).child();
    assertThat(choice.predicate()).isEqualTo(Guards.isNotFalse(FLAG));
    assertThat(choice.trueValue()).isEqualTo(CHANCE);
  }

  @Test
  void chanceBehindACallStays() {
    Expression condition = new And(new IsNotNull(CALL), new And(CHANCE, new IsNull(call(FLAG))));
    Filter filter = new Filter(condition, ROWS);
    assertThat(ChanceGuards.below(filter)).isSameAs(filter);
  }

  @Test
  void planWithoutChanceBeforeACallIsAsItWas() {
    Project certain = selected(new If(FLAG, CALL, NONE));
    assertThat(ChanceGuards.below(certain)).isSameAs(certain);
    Project withoutCall = selected(new If(CHANCE, FLAG, FLAG));
    assertThat(ChanceGuards.below(withoutCall)).isSameAs(withoutCall);
  }
}
