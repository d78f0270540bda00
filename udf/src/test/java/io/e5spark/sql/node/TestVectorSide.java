package io.e5spark.sql.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.sql.expression.ScalaBridge;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.junit.jupiter.api.Test;

class TestVectorSide {
  private static Attribute column(String name) {
    return new AttributeReference(
        name,
        DataTypes.LongType,
        true,
        Metadata.empty(),
        NamedExpression.newExprId(),
        ScalaBridge.seq(List.of()));
  }

  @Test
  void columnsComeOutUnderNewIdsAndGoTogether() {
    Attribute a = column("a");
    Attribute b = column("b");
    VectorSide side = VectorSide.of(ScalaBridge.seq(a), ScalaBridge.seq(List.of(a, b)));
    assertThat(side.results().apply(0).name()).isEqualTo("a");
    assertThat(side.results().apply(0).exprId()).isNotEqualTo(a.exprId());

    VectorSide kept = side.keeping(one -> one.name().equals("b"));
    assertThat(ScalaBridge.list(kept.values())).containsExactly(b);
    assertThat(ScalaBridge.list(kept.results())).containsExactly(side.results().apply(1));
    assertThat(kept.keys()).isEqualTo(side.keys());
  }
}
