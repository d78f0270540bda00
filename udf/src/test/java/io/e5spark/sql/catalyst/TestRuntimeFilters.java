package io.e5spark.sql.catalyst;

import static io.e5spark.sql.catalyst.Plans.call;
import static io.e5spark.sql.catalyst.Plans.column;
import static io.e5spark.sql.catalyst.Plans.project;
import static io.e5spark.sql.catalyst.Plans.rows;
import static io.e5spark.sql.catalyst.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.sql.expression.ScalaBridge;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BloomFilterMightContain;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.ScalarSubquery;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import scala.Option;

class TestRuntimeFilters {
  private static final Attribute TEXT = text("text");
  private static final Attribute KEY = column("key", DataTypes.LongType);
  private static final LogicalPlan ROWS = rows(TEXT, KEY);

  private static Filter filteredBy(LogicalPlan other) {
    Expression filter = new BloomFilterMightContain(subquery(other), KEY);
    return new Filter(filter, ROWS);
  }

  private static ScalarSubquery subquery(LogicalPlan plan) {
    return new ScalarSubquery(
        plan,
        ScalaBridge.seq(List.of()),
        NamedExpression.newExprId(),
        ScalaBridge.seq(List.of()),
        Option.empty(),
        Option.empty(),
        Option.empty());
  }

  @Test
  void filterThatComputesCallsLetsAllRowsPass() {
    LogicalPlan other = project(ROWS, ScalaBridge.alias("vector", call(TEXT)));
    Filter left = (Filter) RuntimeFilters.withoutCalls(filteredBy(other));
    assertThat(left.condition().sql()).isEqualTo("true");
    assertThat(left.child()).isSameAs(ROWS);
  }

  @Test
  void filterWithoutCallsStays() {
    Filter filter = filteredBy(project(ROWS, TEXT));
    assertThat(RuntimeFilters.withoutCalls(filter)).isSameAs(filter);
  }

  @Test
  void valueOfASubqueryWithCallsStays() {
    LogicalPlan other = project(ROWS, ScalaBridge.alias("vector", call(TEXT)));
    Filter filter = new Filter(new IsNotNull(subquery(other)), ROWS);
    assertThat(RuntimeFilters.withoutCalls(filter)).isSameAs(filter);
  }
}
