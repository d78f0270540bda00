package io.e5spark.sql.catalyst;

import static io.e5spark.sql.catalyst.Plans.call;
import static io.e5spark.sql.catalyst.Plans.flag;
import static io.e5spark.sql.catalyst.Plans.nodes;
import static io.e5spark.sql.catalyst.Plans.only;
import static io.e5spark.sql.catalyst.Plans.project;
import static io.e5spark.sql.catalyst.Plans.rows;
import static io.e5spark.sql.catalyst.Plans.string;
import static io.e5spark.sql.catalyst.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.sql.expression.E5Embed;
import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.node.BatchEmbed;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.plans.FullOuter$;
import org.apache.spark.sql.catalyst.plans.Inner$;
import org.apache.spark.sql.catalyst.plans.JoinType;
import org.apache.spark.sql.catalyst.plans.LeftOuter$;
import org.apache.spark.sql.catalyst.plans.LeftSemi$;
import org.apache.spark.sql.catalyst.plans.RightOuter$;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.JoinHint;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.junit.jupiter.api.Test;
import scala.Option;

class TestSunkCall {
  private static final Attribute TEXT = text("text");
  private static final Attribute OTHER = text("other");
  private static final Attribute FLAG = flag("flag");
  private static final E5Embed EMBED = call(TEXT);
  private static final GuardedCalls.Guarded CALL = new GuardedCalls.Guarded(EMBED, null);

  private static LogicalPlan joined(JoinType type, Expression condition) {
    return new Join(rows(TEXT, FLAG), rows(OTHER), type, Option.apply(condition), JoinHint.NONE());
  }

  @Test
  void callOfOneSideSinksBelowTheJoin() {
    LogicalPlan product = joined(Inner$.MODULE$, null);
    ReusedCall sunk = SunkCall.in(product, CALL);
    assertThat(nodes(sunk.plan()))
        .containsExactly("Join", "BatchEmbed", "LocalRelation", "LocalRelation");
    assertThat(sunk.plan().outputSet().contains(sunk.result())).isTrue();
  }

  @Test
  void projectionHandsTheResultUp() {
    ReusedCall sunk = SunkCall.in(project(joined(Inner$.MODULE$, null), TEXT), CALL);
    assertThat(sunk.plan().output().head()).isEqualTo(TEXT);
    assertThat(sunk.plan().output().last()).isEqualTo(sunk.result());
  }

  @Test
  void pairsThatDoNotMeetAreNotEmbedded() {
    ReusedCall sunk = SunkCall.in(joined(Inner$.MODULE$, new GreaterThan(TEXT, OTHER)), CALL);
    assertThat(nodes(sunk.plan()))
        .startsWith("Join", "Project", "BatchEmbed", "Join")
        .endsWith("LocalRelation", "LocalRelation");
  }

  @Test
  void joinsThatMultiplyNoRowsKeepTheCallAbove() {
    assertThat(SunkCall.in(joined(Inner$.MODULE$, new EqualTo(TEXT, OTHER)), CALL)).isNull();
    assertThat(SunkCall.in(joined(LeftSemi$.MODULE$, null), CALL)).isNull();
    assertThat(SunkCall.in(joined(FullOuter$.MODULE$, null), CALL)).isNull();
    assertThat(SunkCall.in(joined(Inner$.MODULE$, new IsNotNull(EMBED)), CALL)).isNull();
    assertThat(SunkCall.in(rows(TEXT), CALL)).isNull();
  }

  @Test
  void outerJoinMultipliesTheRowsOfBothSides() {
    for (JoinType type : List.of(LeftOuter$.MODULE$, RightOuter$.MODULE$)) {
      assertThat(nodes(SunkCall.in(joined(type, null), CALL).plan()))
          .containsExactly("Join", "BatchEmbed", "LocalRelation", "LocalRelation");
    }
    LogicalPlan kept = joined(LeftOuter$.MODULE$, new GreaterThan(TEXT, OTHER));
    assertThat(nodes(SunkCall.in(kept, CALL).plan()))
        .containsExactly("Join", "BatchEmbed", "LocalRelation", "LocalRelation");
  }

  @Test
  void sideThatMayLackARowTakesCallsThatAreNullOfNulls() {
    GuardedCalls.Guarded never =
        new GuardedCalls.Guarded(
            call(new Coalesce(ScalaBridge.seq(List.of(TEXT, string("none"))))), null);
    assertThat(SunkCall.in(joined(RightOuter$.MODULE$, null), never)).isNull();
    assertThat(SunkCall.in(joined(LeftOuter$.MODULE$, null), never)).isNotNull();
    assertThat(SunkCall.in(joined(RightOuter$.MODULE$, new GreaterThan(TEXT, OTHER)), CALL))
        .isNull();
  }

  @Test
  void guardOfBothSidesOfAnOuterJoinIsLeftAbove() {
    GuardedCalls.Guarded guarded = new GuardedCalls.Guarded(EMBED, new GreaterThan(TEXT, OTHER));
    assertThat(
            only(SunkCall.in(joined(LeftOuter$.MODULE$, null), guarded).plan(), BatchEmbed.class)
                .calls()
                .head())
        .isEqualTo(EMBED.withText(TEXT));
    assertThat(SunkCall.in(joined(Inner$.MODULE$, null), guarded)).isNull();
  }
}
