package io.e5spark.sql.catalyst;

import static io.e5spark.sql.catalyst.Plans.TEXT;
import static io.e5spark.sql.catalyst.Plans.named;
import static io.e5spark.sql.catalyst.Plans.project;
import static io.e5spark.sql.catalyst.Plans.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.config.OnError;
import io.e5spark.config.Settings;
import java.util.Map;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.junit.jupiter.api.Test;

class TestMakeEvaluable {
  private static final E5Embed CALL =
      new UnevaluableEmbed(ScalaBridge.seq(TEXT), Settings.read(Map.of()), OnError.FAIL);

  @Test
  void callOverLocalRowsWaitsSoThatTheDriverDoesNotEmbedThem() {
    LogicalPlan plan = project(rows(), named("vector", CALL));
    assertThat(new MakeEvaluable().apply(plan)).isSameAs(plan);
  }

  @Test
  void callsAreMadeEvaluableEverywhere() {
    LogicalPlan plan = MakeEvaluable.everywhere(project(rows(), named("vector", CALL)));
    boolean marked =
        ScalaBridge.list(plan.expressions()).stream()
            .anyMatch(one -> one.exists(UnevaluableEmbed.class::isInstance));
    assertThat(marked).isFalse();
  }

  @Test
  void unmarkedCallIsTheSameCall() {
    E5Embed call = (E5Embed) MakeEvaluable.unmark(CALL);
    assertThat(call).isNotInstanceOf(UnevaluableEmbed.class);
    assertThat(call.text()).isEqualTo(TEXT);
    assertThat(call.settings()).isEqualTo(CALL.settings());
    assertThat(MakeEvaluable.unmark(TEXT)).isSameAs(TEXT);
  }
}
