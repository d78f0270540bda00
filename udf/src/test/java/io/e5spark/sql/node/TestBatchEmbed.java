package io.e5spark.sql.node;

import static io.e5spark.sql.catalyst.Plans.batch;
import static io.e5spark.sql.catalyst.Plans.call;
import static io.e5spark.sql.catalyst.Plans.flag;
import static io.e5spark.sql.catalyst.Plans.rows;
import static io.e5spark.sql.catalyst.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.sql.expression.ScalaBridge;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Ascending$;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.NullsFirst$;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.junit.jupiter.api.Test;
import scala.Option;

class TestBatchEmbed {
  private static final Attribute TEXT = text("text");
  private static final Attribute OTHER = text("other");
  private static final LogicalPlan ROWS = rows(TEXT, OTHER);
  private static final BatchEmbed NODE = batch(ROWS, call(TEXT), call(OTHER));

  private static BatchEmbed copy(LogicalPlan child) {
    return new BatchEmbed(NODE.calls(), NODE.results(), child);
  }

  @Test
  void resultsFollowTheColumnsOfTheChild() {
    assertThat(ScalaBridge.list(NODE.output()))
        .containsExactly(TEXT, OTHER, NODE.results().apply(0), NODE.results().apply(1));
    assertThat(NODE.resolved()).isTrue();
  }

  @Test
  void onlyResultsAreProduced() {
    assertThat(ScalaBridge.list(NODE.producedAttributes().toSeq()))
        .containsExactlyInAnyOrderElementsOf(ScalaBridge.list(NODE.results()));
    assertThat(NODE.missingInput().isEmpty()).isTrue();
  }

  @Test
  void textOfNoColumnOfTheChildIsMissing() {
    assertThat(batch(rows(OTHER), call(TEXT)).missingInput().contains(TEXT)).isTrue();
  }

  @Test
  void childCanBeReplaced() {
    LogicalPlan filtered = new Filter(flag("flag"), ROWS);
    LogicalPlan replaced = NODE.withNewChildren(ScalaBridge.seq(filtered));
    assertThat(replaced).isEqualTo(copy(filtered));
    assertThat(ScalaBridge.list(replaced.children())).containsExactly(filtered);
    assertThat(NODE.child()).isSameAs(ROWS);
  }

  @Test
  void rowsAndTheirOrderAreThoseOfTheChild() {
    SortOrder order =
        new SortOrder(TEXT, Ascending$.MODULE$, NullsFirst$.MODULE$, ScalaBridge.seq(List.of()));
    LogicalPlan sorted = new Sort(ScalaBridge.seq(order), true, ROWS, Option.empty());
    assertThat(copy(sorted).outputOrdering()).isEqualTo(ScalaBridge.seq(order));
    assertThat(copy(new OneRowRelation()).maxRows().get()).isEqualTo(1L);
    assertThat(copy(new OneRowRelation()).maxRowsPerPartition().get()).isEqualTo(1L);
  }

  @Test
  void nodesOfTheSamePartsAreEqual() {
    assertThat(NODE)
        .isEqualTo(copy(ROWS))
        .hasSameHashCodeAs(copy(ROWS))
        .isNotEqualTo(copy(rows(TEXT, OTHER, flag("flag"))))
        .isNotEqualTo(new BatchEmbed(NODE.calls().reverse().toSeq(), NODE.results(), ROWS))
        .isNotEqualTo(new BatchEmbed(NODE.calls(), NODE.results().reverse().toSeq(), ROWS))
        .isNotEqualTo(ROWS);
    assertThat(NODE.canEqual(ROWS)).isFalse();
  }

  @Test
  void copyOfAllPartsIsEqual() {
    Object[] parts = {NODE.productElement(0), NODE.productElement(1), NODE.productElement(2)};
    assertThat(NODE.productArity()).isEqualTo(parts.length);
    assertThat(NODE.makeCopy(parts)).isEqualTo(NODE);
    assertThatThrownBy(() -> NODE.productElement(3)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
