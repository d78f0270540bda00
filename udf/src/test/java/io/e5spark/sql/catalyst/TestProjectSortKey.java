package io.e5spark.sql.catalyst;

import static io.e5spark.sql.catalyst.Plans.column;
import static io.e5spark.sql.catalyst.Plans.nodes;
import static io.e5spark.sql.catalyst.Plans.only;
import static io.e5spark.sql.catalyst.Plans.project;
import static io.e5spark.sql.catalyst.Plans.rows;
import static io.e5spark.sql.catalyst.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.sql.expression.E5Similarity;
import io.e5spark.sql.expression.EmbedForm;
import io.e5spark.sql.expression.ScalaBridge;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Descending$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NullsLast$;
import org.apache.spark.sql.catalyst.expressions.Rand;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import scala.Option;

class TestProjectSortKey {
  private static final Attribute ID = text("id");
  private static final Attribute VECTOR = column("vector", EmbedForm.VECTOR_TYPE);
  private static final Attribute OTHER = column("other", EmbedForm.VECTOR_TYPE);
  private static final LogicalPlan ROWS = rows(ID, VECTOR, OTHER);
  private static final E5Similarity SIMILARITY = new E5Similarity(VECTOR, OTHER);

  private static Sort sorted(LogicalPlan child, Expression... keys) {
    List<SortOrder> order =
        Stream.of(keys)
            .map(
                key ->
                    new SortOrder(
                        key, Descending$.MODULE$, NullsLast$.MODULE$, ScalaBridge.seq(List.of())))
            .toList();
    return new Sort(ScalaBridge.seq(order), true, child, Option.empty());
  }

  private static LogicalPlan applied(LogicalPlan plan) {
    LogicalPlan rewritten = new ProjectSortKey().apply(plan);
    assertThat(rewritten.output()).isEqualTo(plan.output());
    assertThat(rewritten.resolved()).isTrue();
    return rewritten;
  }

  @Test
  void similarityIsComputedBelowTheSort() {
    LogicalPlan rewritten = applied(sorted(ROWS, SIMILARITY));
    assertThat(nodes(rewritten)).containsExactly("Project", "Sort", "Project", "LocalRelation");
    Sort sort = only(rewritten, Sort.class);
    SortOrder order = sort.order().head();
    assertThat(order.child()).isInstanceOf(Attribute.class);
    assertThat(sort.child().outputSet().contains((Attribute) order.child())).isTrue();
    assertThat(order.direction()).isEqualTo(Descending$.MODULE$);
    assertThat(order.nullOrdering()).isEqualTo(NullsLast$.MODULE$);
    assertThat(sort.global()).isTrue();
  }

  @Test
  void expressionAroundASimilarityIsTheKey() {
    Expression key = new Add(SIMILARITY, Literal.create(1.0, DataTypes.DoubleType));
    Sort sort = only(applied(sorted(ROWS, ID, key)), Sort.class);
    assertThat(sort.order().apply(0).child()).isEqualTo(ID);
    assertThat(sort.order().apply(1).child()).isInstanceOf(Attribute.class);
  }

  @Test
  void sortDoesNotCarryVectorsThatOnlyTheKeyNeeds() {
    LogicalPlan rewritten = applied(project(sorted(ROWS, SIMILARITY), ID));
    List<Attribute> carried = ScalaBridge.list(only(rewritten, Sort.class).child().output());
    assertThat(carried).hasSize(2).contains(ID).doesNotContain(VECTOR, OTHER);
  }

  @Test
  void otherOrdersStay() {
    Sort byId = sorted(ROWS, ID);
    assertThat(new ProjectSortKey().apply(byId)).isSameAs(byId);
    LogicalPlan collapsible = project(project(ROWS, ID, VECTOR), ID);
    assertThat(new ProjectSortKey().apply(collapsible)).isSameAs(collapsible);
    Expression chance = new Add(SIMILARITY, new Rand(Literal.create(7L, DataTypes.LongType)));
    Sort byChance = sorted(ROWS, chance);
    assertThat(new ProjectSortKey().apply(byChance)).isSameAs(byChance);
  }

  @Test
  void doneTwiceIsDoneOnce() {
    LogicalPlan once = applied(sorted(ROWS, SIMILARITY));
    assertThat(new ProjectSortKey().apply(once)).isSameAs(once);
  }
}
