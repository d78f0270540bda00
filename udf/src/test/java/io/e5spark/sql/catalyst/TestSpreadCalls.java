package io.e5spark.sql.catalyst;

import static io.e5spark.sql.catalyst.Plans.call;
import static io.e5spark.sql.catalyst.Plans.flag;
import static io.e5spark.sql.catalyst.Plans.nodes;
import static io.e5spark.sql.catalyst.Plans.project;
import static io.e5spark.sql.catalyst.Plans.rows;
import static io.e5spark.sql.catalyst.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.guard.GuardedCalls;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Repartition;
import org.junit.jupiter.api.Test;

class TestSpreadCalls {
  private static final Attribute TEXT = text("text");
  private static final Attribute FLAG = flag("flag");
  private static final LogicalPlan ROWS = rows(TEXT, FLAG);
  private static final Project CALLS = project(ROWS, ScalaBridge.alias("vector", call(TEXT)), FLAG);

  private static LogicalPlan rewritten(LogicalPlan plan) {
    LogicalPlan rewritten = SpreadCalls.rewrite(plan);
    assertThat(rewritten.output()).isEqualTo(plan.output());
    assertThat(rewritten.resolved()).isTrue();
    return rewritten;
  }

  @Test
  void callsComeAboveARepartition() {
    LogicalPlan rewritten = rewritten(new Repartition(8, true, CALLS));
    assertThat(nodes(rewritten))
        .containsExactly("Project", "Repartition", "Project", "LocalRelation");
    assertThat(GuardedCalls.areIn(rewritten.children().head())).isFalse();
  }

  @Test
  void conditionsWithoutCallsStayBelow() {
    Filter filter = new Filter(new And(FLAG, new IsNotNull(call(TEXT))), ROWS);
    Filter above = (Filter) rewritten(new Repartition(8, true, filter));
    assertThat(above.condition()).isInstanceOf(IsNotNull.class);
    Repartition spread = (Repartition) above.child();
    assertThat(((Filter) spread.child()).condition()).isEqualTo(FLAG);
  }

  @Test
  void resultsAreGatheredIntoOnePartition() {
    for (Repartition gathering :
        List.of(new Repartition(1, true, CALLS), new Repartition(8, false, CALLS))) {
      assertThat(SpreadCalls.rewrite(gathering)).isSameAs(gathering);
    }
  }

  @Test
  void repartitionWithoutCallsStays() {
    Repartition plain = new Repartition(8, true, project(ROWS, TEXT));
    assertThat(SpreadCalls.rewrite(plain)).isSameAs(plain);
  }
}
