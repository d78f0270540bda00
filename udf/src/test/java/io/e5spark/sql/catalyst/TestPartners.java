package io.e5spark.sql.catalyst;

import static io.e5spark.sql.catalyst.Plans.batch;
import static io.e5spark.sql.catalyst.Plans.call;
import static io.e5spark.sql.catalyst.Plans.flag;
import static io.e5spark.sql.catalyst.Plans.rows;
import static io.e5spark.sql.catalyst.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.sql.expression.E5Embed;
import io.e5spark.sql.guard.GuardedCall;
import io.e5spark.sql.node.BatchEmbed;
import io.e5spark.sql.node.SharedRows;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.apache.spark.sql.catalyst.plans.ExistenceJoin;
import org.apache.spark.sql.catalyst.plans.Inner$;
import org.apache.spark.sql.catalyst.plans.JoinType;
import org.apache.spark.sql.catalyst.plans.LeftOuter$;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.JoinHint;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Repartition;
import org.junit.jupiter.api.Test;
import scala.Option;

class TestPartners {
  private static final Attribute KEY = text("key");
  private static final Attribute OTHER_KEY = text("other");
  private static final Attribute FLAG = flag("flag");
  private static final E5Embed CALL = call(KEY);
  private static final LogicalPlan LEFT = rows(KEY, FLAG);
  private static final LogicalPlan RIGHT = rows(OTHER_KEY);
  private static final Expression EQUAL = new EqualTo(KEY, OTHER_KEY);

  private static Partners partners(LogicalPlan right, JoinType type, Expression condition) {
    Join join = new Join(LEFT, right, type, Option.apply(condition), JoinHint.NONE());
    return Partners.of(JoinSide.of(join).get(0), List.of(new GuardedCall(CALL, null)));
  }

  @Test
  void callIsReachedByRowsThatMeetOne() {
    Partners partners = partners(RIGHT, LeftOuter$.MODULE$, new And(EQUAL, FLAG));
    Join asked = (Join) partners.plan();
    assertThat(asked.left()).isSameAs(LEFT);
    assertThat(asked.condition().get()).isEqualTo(new And(FLAG, EQUAL));
    Attribute met = ((ExistenceJoin) asked.joinType()).exists();
    assertThat(partners.calls()).containsExactly(new GuardedCall(CALL, met));
  }

  @Test
  void ownConditionsOfAnInnerJoinNeedNoPartner() {
    Partners partners = partners(RIGHT, Inner$.MODULE$, FLAG);
    assertThat(partners.plan()).isSameAs(LEFT);
    assertThat(partners.calls()).containsExactly(new GuardedCall(CALL, FLAG));
  }

  @Test
  void otherSideIsAskedWithoutCallsThatAreNotNeeded() {
    BatchEmbed computed = batch(RIGHT, call(OTHER_KEY).withText(OTHER_KEY));
    Join asked = (Join) partners(computed, Inner$.MODULE$, EQUAL).plan();
    assertThat(asked.right().exists(BatchEmbed.class::isInstance)).isFalse();
    assertThat(asked.right().output()).isEqualTo(RIGHT.output());
  }

  @Test
  void otherSideWithCallsIsKeptBehindAShuffle() {
    BatchEmbed computed = batch(RIGHT, call(OTHER_KEY).withText(OTHER_KEY));
    Filter filtered = new Filter(new IsNotNull(computed.results().head()), computed);
    GuardedCall call = new GuardedCall(CALL, null);
    Join join = new Join(LEFT, filtered, Inner$.MODULE$, Option.apply(EQUAL), JoinHint.NONE());
    Join askable = Partners.askable(join, List.of(call));
    assertThat(askable.left()).isSameAs(LEFT);
    assertThat(((Repartition) ((SharedRows) askable.right()).child()).child()).isSameAs(filtered);
    assertThat(Partners.askable(askable, List.of(call))).isSameAs(askable);
    Join asked = (Join) Partners.of(JoinSide.of(askable).get(0), List.of(call)).plan();
    assertThat(asked.exists(SharedRows.class::isInstance)).isTrue();
  }

  @Test
  void otherSideWhoseRowsMayChangeIsKeptBehindAShuffle() {
    LogicalPlan limited = new GlobalLimit(Literal$.MODULE$.apply(7), RIGHT);
    assertThat(partners(limited, Inner$.MODULE$, EQUAL).plan()).isSameAs(LEFT);
    Join join = new Join(LEFT, limited, Inner$.MODULE$, Option.apply(EQUAL), JoinHint.NONE());
    Join askable = Partners.askable(join, List.of(new GuardedCall(CALL, null)));
    assertThat(askable.right()).isInstanceOf(SharedRows.class);
  }

  @Test
  void callsOfTheOtherSideAreLeftAlone() {
    Join join = new Join(RIGHT, LEFT, Inner$.MODULE$, Option.apply(EQUAL), JoinHint.NONE());
    GuardedCall call = new GuardedCall(CALL, FLAG);
    Partners partners = Partners.of(JoinSide.of(join).get(0), List.of(call));
    assertThat(partners).isEqualTo(new Partners(RIGHT, List.of(call)));
  }
}
