package io.e5spark.sql.catalyst;

import static io.e5spark.sql.catalyst.Plans.TEXT;
import static io.e5spark.sql.catalyst.Plans.VECTOR;
import static io.e5spark.sql.catalyst.Plans.rows;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Descending$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.junit.jupiter.api.Test;

class TestProjectSortKey {
  private static Sort sort(Expression key) {
    SortOrder order =
        new SortOrder(
            key,
            Descending$.MODULE$,
            Descending$.MODULE$.defaultNullOrdering(),
            ScalaBridge.seq(List.of()));
    Project below = Plans.project(rows(), TEXT, VECTOR);
    LogicalPlan plain = TestProjectSortKey.plain(order, below);
    return (Sort) plain;
  }

  private static LogicalPlan plain(SortOrder order, LogicalPlan below) {
    for (var constructor : Sort.class.getConstructors()) {
      try {
        return (LogicalPlan)
            (constructor.getParameterCount() == 3
                ? constructor.newInstance(ScalaBridge.seq(order), true, below)
                : constructor.newInstance(
                    ScalaBridge.seq(order), true, below, scala.Option.empty()));
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("Sort has another constructor", e);
      }
    }
    throw new AssertionError("Sort has no constructor");
  }

  @Test
  void similarityIsComputedBelowTheSort() {
    Sort sort = sort(new E5Similarity(VECTOR, VECTOR));
    LogicalPlan plan = new ProjectSortKey().apply(sort);
    Sort rewritten = (Sort) plan.find(Sort.class::isInstance).get();
    assertThat(rewritten.order().head().child()).isInstanceOf(Attribute.class);
    assertThat(plan.output()).isEqualTo(sort.output());
  }

  @Test
  void otherKeysStayInTheSort() {
    Sort sort = sort(TEXT);
    assertThat(new ProjectSortKey().apply(sort)).isSameAs(sort);
  }
}
