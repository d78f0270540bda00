package io.e5spark.sql.catalyst;

import static io.e5spark.sql.catalyst.Plans.FLAG;
import static io.e5spark.sql.catalyst.Plans.OTHER;
import static io.e5spark.sql.catalyst.Plans.TEXT;
import static io.e5spark.sql.catalyst.Plans.call;
import static io.e5spark.sql.catalyst.Plans.count;
import static io.e5spark.sql.catalyst.Plans.named;
import static io.e5spark.sql.catalyst.Plans.project;
import static io.e5spark.sql.catalyst.Plans.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.config.OnError;
import io.e5spark.config.Settings;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.junit.jupiter.api.Test;

class TestExtractBatchEmbed {
  private static LogicalPlan extracted(LogicalPlan plan) {
    return new ExtractBatchEmbed().apply(plan);
  }

  private static BatchEmbed node(LogicalPlan plan) {
    return (BatchEmbed) plan.find(BatchEmbed.class::isInstance).get();
  }

  @Test
  void planWithoutCallsStaysAsItIs() {
    LogicalPlan plan = project(rows(), TEXT);
    assertThat(extracted(plan)).isSameAs(plan);
  }

  @Test
  void callOfASelectListIsLifted() {
    LogicalPlan plan = extracted(project(rows(), named("vector", call(TEXT))));
    assertThat(count(plan, BatchEmbed.class)).isOne();
    assertThat(node(plan).calls().size()).isOne();
    assertThat(plan.output().size()).isOne();
    assertThat(plan.output().head().name()).isEqualTo("vector");
  }

  @Test
  void callsOfOneModelAreEmbeddedTogetherEachOnce() {
    LogicalPlan plan =
        extracted(
            project(
                rows(), named("a", call(TEXT)), named("b", call(OTHER)), named("c", call(TEXT))));
    assertThat(count(plan, BatchEmbed.class)).isOne();
    assertThat(node(plan).calls().size()).isEqualTo(2);
  }

  @Test
  void otherSettingsHaveANodeOfTheirOwn() {
    E5Embed other =
        new E5Embed(ScalaBridge.seq(TEXT), Settings.read(Map.of("max-tokens", "9")), OnError.FAIL);
    LogicalPlan plan = extracted(project(rows(), named("a", call(TEXT)), named("b", other)));
    assertThat(count(plan, BatchEmbed.class)).isEqualTo(2);
  }

  @Test
  void cheapConditionsAreBelowTheNode() {
    Filter filter = new Filter(new And(new IsNotNull(call(TEXT)), FLAG), rows());
    LogicalPlan plan = extracted(filter);
    LogicalPlan below = node(plan).child();
    assertThat(below.find(Filter.class::isInstance).isDefined()).isTrue();
    assertThat(plan.output()).isEqualTo(filter.output());
  }

  @Test
  void callOfAConditionAndOfTheSelectListIsComputedOnce() {
    LogicalPlan filter = new Filter(new IsNotNull(call(TEXT)), rows());
    LogicalPlan plan = extracted(project(filter, named("vector", call(TEXT))));
    assertThat(count(plan, BatchEmbed.class)).isOne();
  }

  @Test
  void secondPassChangesNothing() {
    LogicalPlan once = extracted(project(rows(), named("vector", call(TEXT))));
    assertThat(extracted(once)).isSameAs(once);
  }
}
