package io.e5spark.sql.catalyst;

import static io.e5spark.sql.catalyst.Plans.call;
import static io.e5spark.sql.catalyst.Plans.project;
import static io.e5spark.sql.catalyst.Plans.rows;
import static io.e5spark.sql.catalyst.Plans.string;
import static io.e5spark.sql.catalyst.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.sql.expression.E5Embed;
import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.expression.UnevaluableEmbed;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.junit.jupiter.api.Test;

class TestMakeEvaluable {
  private static final Attribute TEXT = text("text");

  private static Project embedding(LogicalPlan child) {
    return project(child, ScalaBridge.alias("none", new IsNull(call(string("words")))));
  }

  private static boolean hasMarked(LogicalPlan plan) {
    return plan.exists(
        node ->
            ScalaBridge.list(node.expressions()).stream()
                .anyMatch(one -> one.exists(UnevaluableEmbed.class::isInstance)));
  }

  @Test
  void planOfLocalRowsStays() {
    Project local = embedding(rows(TEXT));
    assertThat(new MakeEvaluable().apply(local)).isSameAs(local);
    assertThat(hasMarked(local)).isTrue();
  }

  @Test
  void callsOverOtherRowsCanBeEvaluated() {
    assertThat(hasMarked(new MakeEvaluable().apply(embedding(new OneRowRelation())))).isFalse();
  }

  @Test
  void nodesAboveOtherRowsAreNotLocal() {
    LogicalPlan both = union(embedding(rows(TEXT)), embedding(new OneRowRelation()));
    LogicalPlan evaluable = new MakeEvaluable().apply(both);
    assertThat(hasMarked(evaluable.children().apply(0))).isTrue();
    assertThat(hasMarked(evaluable.children().apply(1))).isFalse();
    LogicalPlan above = embedding(union(rows(TEXT), rows(TEXT)));
    assertThat(hasMarked(new MakeEvaluable().apply(above))).isFalse();
  }

  @Test
  void callsThatMovedDownToLocalRowsAreMarkedAgain() {
    LogicalPlan unmarked = MakeEvaluable.everywhere(embedding(embedding(rows(TEXT))));
    assertThat(hasMarked(unmarked)).isFalse();
    LogicalPlan marked = new MakeEvaluable().apply(unmarked);
    assertThat(hasMarked(marked)).isTrue();
    assertThat(new MakeEvaluable().apply(marked)).isSameAs(marked);
  }

  private static LogicalPlan union(LogicalPlan... plans) {
    return new Union(ScalaBridge.seq(List.of(plans)), false, false);
  }

  @Test
  void onlyTheMarkIsRemoved() {
    Expression marked = call(TEXT, string("passage"));
    Expression unmarked = MakeEvaluable.unmark(marked);
    assertThat(unmarked.getClass()).isEqualTo(E5Embed.class);
    assertThat(unmarked.children()).isEqualTo(marked.children());
    assertThat(MakeEvaluable.unmark(unmarked)).isSameAs(unmarked);
    assertThat(MakeEvaluable.unmark(TEXT)).isSameAs(TEXT);
  }
}
