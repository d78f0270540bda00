package io.e5spark.sql.catalyst;

import io.e5spark.config.OnError;
import io.e5spark.config.Settings;
import io.e5spark.sql.expression.E5Embed;
import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.expression.UnevaluableEmbed;
import io.e5spark.sql.node.BatchEmbed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
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
import org.apache.spark.unsafe.types.UTF8String;

/** Makes plans and expressions by hand, without a session. */
public final class Plans {
  public static final Settings SETTINGS = Settings.read(Map.of());

  private Plans() {}

  public static Attribute column(String name, DataType type) {
    return new AttributeReference(
        name,
        type,
        true,
        Metadata.empty(),
        NamedExpression.newExprId(),
        ScalaBridge.seq(List.of()));
  }

  public static Attribute text(String name) {
    return column(name, DataTypes.StringType);
  }

  public static Attribute flag(String name) {
    return column(name, DataTypes.BooleanType);
  }

  public static Expression string(String value) {
    return Literal.create(UTF8String.fromString(value), DataTypes.StringType);
  }

  public static Expression number(int value) {
    return Literal.create(value, DataTypes.IntegerType);
  }

  /** Returns a call of {@code e5_embed} as the analyzer makes it. */
  public static UnevaluableEmbed call(Expression... arguments) {
    return new UnevaluableEmbed(ScalaBridge.seq(List.of(arguments)), SETTINGS, OnError.FAIL);
  }

  public static LogicalPlan rows(Attribute... columns) {
    return LocalRelation$.MODULE$.apply(ScalaBridge.seq(List.of(columns)));
  }

  public static Project project(LogicalPlan child, Expression... columns) {
    return new Project(named(columns), child);
  }

  public static scala.collection.immutable.Seq<NamedExpression> named(Expression... columns) {
    return ScalaBridge.seq(Arrays.stream(columns).map(NamedExpression.class::cast).toList());
  }

  /** Returns a node that adds the results of these calls to its child. */
  public static BatchEmbed batch(LogicalPlan child, E5Embed... calls) {
    List<Attribute> results = new ArrayList<>();
    Stream.of(calls).forEach(call -> results.add(column("result", call.dataType())));
    return new BatchEmbed(
        ScalaBridge.seq(List.<Expression>of(calls)), ScalaBridge.seq(results), child);
  }

  /**
   * Returns the names of a plan's nodes from the top, and the children of a node from left to
   * right.
   */
  public static List<String> nodes(LogicalPlan plan) {
    List<String> names = new ArrayList<>(List.of(plan.nodeName()));
    ScalaBridge.list(plan.children()).forEach(child -> names.addAll(nodes(child)));
    return names;
  }

  /** Returns the only node of this class. */
  public static <T> T only(LogicalPlan plan, Class<T> kind) {
    List<T> found = new ArrayList<>();
    plan.foreach(
        node -> {
          if (kind.isInstance(node)) {
            found.add(kind.cast(node));
          }
          return scala.runtime.BoxedUnit.UNIT;
        });
    if (found.size() != 1) {
      throw new AssertionError("Expected one %s in %s".formatted(kind.getSimpleName(), plan));
    }
    return found.get(0);
  }

  /**
   * Returns the value of an expression for these values of its columns, which are known by name.
   */
  public static Object value(Expression expression, Map<String, Object> columns) {
    return expression
        .transformUp(
            ScalaBridge.rewrite(
                node ->
                    node instanceof Attribute column
                        ? new Literal(columns.get(column.name()), column.dataType())
                        : node))
        .eval(InternalRow.empty());
  }
}
