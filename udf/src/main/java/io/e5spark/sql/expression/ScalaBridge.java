package io.e5spark.sql.expression;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.Option;
import scala.PartialFunction;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractPartialFunction;

/**
 * Connects Java with Spark's Scala: collections, functions, and constructors with default
 * arguments.
 */
public final class ScalaBridge {
  private ScalaBridge() {}

  public static <T> Seq<T> seq(List<? extends T> list) {
    return CollectionConverters.<T>asScala(List.<T>copyOf(list)).toSeq();
  }

  public static <T> Seq<T> seq(T element) {
    return seq(List.of(element));
  }

  public static Seq<Expression> expressions(Seq<Attribute> attributes) {
    return map(attributes, attribute -> attribute);
  }

  public static <T> List<T> list(scala.collection.Seq<T> seq) {
    return CollectionConverters.asJava(seq);
  }

  public static <T, R> Seq<R> map(Seq<T> seq, Function<T, R> function) {
    return seq(list(seq).stream().map(function).toList());
  }

  /**
   * A plan node with one argument changed, because constructors differ between versions of Spark.
   */
  public static LogicalPlan with(LogicalPlan plan, int position, Object argument) {
    Object[] arguments = new Object[plan.productArity()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = i == position ? argument : plan.productElement(i);
    }
    return plan.makeCopy(arguments);
  }

  public static Alias alias(String name, Expression expression) {
    return new Alias(
        expression,
        name,
        NamedExpression.newExprId(),
        seq(List.of()),
        Option.empty(),
        seq(List.of()));
  }

  /** An expression under the name and the id of a column. */
  public static Alias alias(Attribute column, Expression expression) {
    return new Alias(
        expression,
        column.name(),
        column.exprId(),
        column.qualifier(),
        Option.empty(),
        seq(List.of()));
  }

  /**
   * A rewriting of tree nodes that is defined for all of them; it changes nothing if it returns its
   * argument.
   */
  public static <T> PartialFunction<T, T> rewrite(UnaryOperator<T> function) {
    return new Total<>(function);
  }

  private static final class Total<T> extends AbstractPartialFunction<T, T> {
    private final UnaryOperator<T> function;

    Total(UnaryOperator<T> function) {
      this.function = function;
    }

    @Override
    public boolean isDefinedAt(T node) {
      return true;
    }

    @Override
    public <A extends T, B> B applyOrElse(A node, scala.Function1<A, B> otherwise) {
      @SuppressWarnings("unchecked")
      B result = (B) function.apply(node);
      return result;
    }
  }
}
