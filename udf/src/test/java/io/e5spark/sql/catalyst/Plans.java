package io.e5spark.sql.catalyst;

import io.e5spark.config.OnError;
import io.e5spark.config.Settings;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation$;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;

/** Plans and expressions made by hand, for tests without a Spark session. */
final class Plans {
  static final Attribute TEXT = attribute("text", DataTypes.StringType);
  static final Attribute OTHER = attribute("other", DataTypes.StringType);
  static final Attribute FLAG = attribute("flag", DataTypes.BooleanType);
  static final Attribute VECTOR =
      attribute("vector", DataTypes.createArrayType(DataTypes.FloatType, false));

  private Plans() {}

  static Attribute attribute(String name, DataType type) {
    return new AttributeReference(
        name,
        type,
        true,
        Metadata.empty(),
        NamedExpression.newExprId(),
        ScalaBridge.seq(List.of()));
  }

  /** Local rows, none, with the attributes of this class. */
  static LogicalPlan rows() {
    return LocalRelation$.MODULE$.apply(ScalaBridge.seq(List.of(TEXT, OTHER, FLAG, VECTOR)));
  }

  /** A call as the optimizer meets it. */
  static E5Embed call(Expression text) {
    return new E5Embed(ScalaBridge.seq(text), Settings.read(Map.of()), OnError.FAIL);
  }

  static Expression text(String value) {
    return Literal.create(value, DataTypes.StringType);
  }

  static Project project(LogicalPlan below, NamedExpression... columns) {
    return new Project(ScalaBridge.seq(List.of(columns)), below);
  }

  static NamedExpression named(String name, Expression expression) {
    return ScalaBridge.alias(name, expression);
  }

  /** How many nodes of a plan are of this class. */
  static long count(LogicalPlan plan, Class<? extends LogicalPlan> type) {
    return ScalaBridge.list(plan.collect(collecting(type))).size();
  }

  private static scala.PartialFunction<LogicalPlan, LogicalPlan> collecting(
      Class<? extends LogicalPlan> type) {
    return new scala.runtime.AbstractPartialFunction<>() {
      @Override
      public boolean isDefinedAt(LogicalPlan node) {
        return type.isInstance(node);
      }

      @Override
      public <A extends LogicalPlan, B> B applyOrElse(A node, scala.Function1<A, B> otherwise) {
        @SuppressWarnings("unchecked")
        B same = (B) node;
        return isDefinedAt(node) ? same : otherwise.apply(node);
      }
    };
  }
}
