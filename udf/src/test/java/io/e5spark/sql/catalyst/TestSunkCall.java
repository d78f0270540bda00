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
import io.e5spark.sql.guard.GuardedCall;
import io.e5spark.sql.node.BatchEmbed;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
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
  private static final GuardedCall CALL = new GuardedCall(EMBED, null);

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
    assertThat(SunkCall.in(joined(Inner$.MODULE$, new IsNotNull(EMBED)), CALL)).isNull();
    assertThat(SunkCall.in(rows(TEXT), CALL)).isNull();
  }

  @Test
  void outerJoinHasTheResultsOfEitherSide() {
    ReusedCall kept = SunkCall.in(joined(LeftOuter$.MODULE$, null), CALL);
    assertThat(nodes(kept.plan()))
        .containsExactly("Join", "BatchEmbed", "LocalRelation", "LocalRelation");
    ReusedCall optional = SunkCall.in(joined(RightOuter$.MODULE$, null), CALL);
    assertThat(optional.plan().exists(BatchEmbed.class::isInstance)).isTrue();
    E5Embed ofSome = call(new Coalesce(ScalaBridge.seq(List.of(TEXT, string("none")))));
    assertThat(SunkCall.in(joined(RightOuter$.MODULE$, null), new GuardedCall(ofSome, null)))
        .isNull();
  }

  @Test
  void guardOfBothSidesOfAnOuterJoinIsLeftAbove() {
    GuardedCall guarded = new GuardedCall(EMBED, new GreaterThan(TEXT, OTHER));
    assertThat(
            only(SunkCall.in(joined(LeftOuter$.MODULE$, null), guarded).plan(), BatchEmbed.class)
                .calls()
                .head())
        .isEqualTo(EMBED.withText(TEXT));
    assertThat(SunkCall.in(joined(Inner$.MODULE$, null), guarded)).isNull();
  }
}
