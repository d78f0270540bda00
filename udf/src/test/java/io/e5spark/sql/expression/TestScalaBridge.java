package io.e5spark.sql.expression;

import static io.e5spark.sql.catalyst.Plans.flag;
import static io.e5spark.sql.catalyst.Plans.rows;
import static io.e5spark.sql.catalyst.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.junit.jupiter.api.Test;
import scala.PartialFunction;
import scala.collection.immutable.Seq;

class TestScalaBridge {
  private static final Attribute FLAG = flag("flag");

  @Test
  void listsBecomeSequencesAndBack() {
    Seq<String> seq = ScalaBridge.seq(List.of("a", "b"));
    assertThat(seq.mkString(",")).isEqualTo("a,b");
    assertThat(ScalaBridge.list(seq)).containsExactly("a", "b");
    assertThat(ScalaBridge.list(ScalaBridge.seq("a"))).containsExactly("a");
  }

  @Test
  void sequenceDoesNotChangeWithTheList() {
    List<String> list = new ArrayList<>(List.of("a"));
    Seq<String> seq = ScalaBridge.seq(list);
    list.set(0, "b");
    assertThat(seq.head()).isEqualTo("a");
  }

  @Test
  void listOfASequenceCannotBeChanged() {
    List<String> list = ScalaBridge.list(ScalaBridge.seq("a"));
    assertThatThrownBy(() -> list.add("b")).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void mapKeepsTheOrder() {
    Seq<Integer> lengths = ScalaBridge.map(ScalaBridge.seq(List.of("aaa", "b")), String::length);
    assertThat(ScalaBridge.list(lengths)).containsExactly(3, 1);
    assertThat(ScalaBridge.expressions(ScalaBridge.seq(FLAG)).head()).isSameAs(FLAG);
  }

  @Test
  void oneArgumentOfANodeIsChanged() {
    Filter filter = new Filter(FLAG, rows(FLAG));
    Expression other = new Not(FLAG);
    Filter changed = (Filter) ScalaBridge.with(filter, 0, other);
    assertThat(changed.condition()).isSameAs(other);
    assertThat(changed.child()).isSameAs(filter.child());
    assertThat(filter.condition()).isSameAs(FLAG);
  }

  @Test
  void aliasesOfOneNameAreDifferentColumns() {
    Alias alias = ScalaBridge.alias("vector", FLAG);
    assertThat(alias.name()).isEqualTo("vector");
    assertThat(alias.child()).isSameAs(FLAG);
    assertThat(alias.exprId()).isNotEqualTo(ScalaBridge.alias("vector", FLAG).exprId());
  }

  @Test
  void rewritingIsDefinedForAllNodes() {
    Attribute other = text("other");
    PartialFunction<Expression, Expression> rule =
        ScalaBridge.rewrite(node -> node == FLAG ? other : node);
    assertThat(rule.isDefinedAt(other)).isTrue();
    assertThat(rule.apply(FLAG)).isSameAs(other);
    assertThat(new IsNull(FLAG).transformUp(rule)).isEqualTo(new IsNull(other));
    Expression untouched = new IsNull(other);
    assertThat(untouched.transformUp(rule)).isSameAs(untouched);
  }
}
