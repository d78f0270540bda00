package io.e5spark.sql.catalyst;

import static io.e5spark.sql.catalyst.Plans.project;
import static io.e5spark.sql.catalyst.Plans.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.sql.expression.E5Similarity;
import io.e5spark.sql.expression.E5Unpack;
import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.vector.BinaryForm;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MetadataBuilder;
import org.junit.jupiter.api.Test;

class TestMixedForms {
  private static final Attribute PACKED = stating("packed");
  private static final Attribute HALF = stating("half");

  private static Attribute stating(String form) {
    return new AttributeReference(
        "v",
        DataTypes.BinaryType,
        true,
        new MetadataBuilder().putString(BinaryForm.METADATA, form).build(),
        NamedExpression.newExprId(),
        ScalaBridge.seq(List.of()));
  }

  private static LogicalPlan union(Attribute... columns) {
    List<LogicalPlan> children = java.util.Arrays.stream(columns).map(Plans::rows).toList();
    return new Union(ScalaBridge.seq(children), false, false);
  }

  /** Returns the call in the only column of a projection, after the rule. */
  private static Expression call(LogicalPlan below, Expression call) {
    Project plan = project(below, ScalaBridge.alias("c", call));
    Project applied = (Project) MixedForms.afterCallsMoved().apply(plan);
    return ((Alias) applied.projectList().head()).child();
  }

  private static E5Similarity withItself(Attribute vector) {
    return new E5Similarity(vector, vector);
  }

  @Test
  void unionOfSeveralFormsIsNotBelieved() {
    LogicalPlan union = union(PACKED, HALF);
    E5Similarity believed = withItself(union.output().head());
    assertThat(call(union, believed)).isNotEqualTo(believed);
    LogicalPlan unstated = union(PACKED, Plans.column("v", DataTypes.BinaryType));
    assertThat(call(unstated, believed)).isNotEqualTo(believed);
  }

  @Test
  void columnIsNotBelievedUnderAnotherNameEither() {
    LogicalPlan union = union(PACKED, HALF);
    Alias renamed = ScalaBridge.alias("w", union.output().head());
    LogicalPlan below = project(union, renamed);
    E5Similarity believed = withItself(renamed.toAttribute());
    assertThat(call(below, believed)).isNotEqualTo(believed);
  }

  @Test
  void equalFormsAndRowsBelowTheUnionAreBelieved() {
    LogicalPlan equal = union(PACKED, stating("packed"));
    E5Similarity believed = withItself(equal.output().head());
    assertThat(call(equal, believed)).isEqualTo(believed);
    assertThat(call(rows(PACKED), withItself(PACKED))).isEqualTo(withItself(PACKED));
    Project first = project(rows(PACKED), ScalaBridge.alias("c", withItself(PACKED)));
    Project second = project(rows(HALF), ScalaBridge.alias("c", withItself(HALF)));
    Union pushed = new Union(ScalaBridge.seq(List.of(first, second)), false, false);
    assertThat(MixedForms.afterCallsMoved().apply(pushed)).isEqualTo(pushed);
  }

  @Test
  void unpackingWithoutAFormIsRefused() {
    LogicalPlan union = union(PACKED, HALF);
    Attribute vector = union.output().head();
    assertThatThrownBy(() -> call(union, new E5Unpack(ScalaBridge.seq(vector))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not all of its rows come from columns of one vector type");
    Expression named = new E5Unpack(ScalaBridge.seq(List.of(vector, Plans.string("half"))));
    assertThat(call(union, named)).isEqualTo(named);
  }

  @Test
  void columnsThatAllStateATypeAreLeftForLater() {
    LogicalPlan stated = union(PACKED, HALF);
    Project unpacked =
        project(
            stated, ScalaBridge.alias("c", new E5Unpack(ScalaBridge.seq(stated.output().head()))));
    assertThat(MixedForms.beforeCallsMove().apply(unpacked)).isEqualTo(unpacked);
    LogicalPlan doubtful = union(HALF, Plans.column("v", DataTypes.BinaryType));
    Alias renamed = ScalaBridge.alias("w", doubtful.output().head());
    E5Unpack call = new E5Unpack(ScalaBridge.seq(renamed.toAttribute()));
    Project above = project(project(doubtful, renamed), ScalaBridge.alias("c", call));
    assertThatThrownBy(() -> MixedForms.beforeCallsMove().apply(above))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Cannot unpack w");
  }
}
