package io.e5spark.sql.table;

import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.node.VectorJoin;
import io.e5spark.sql.node.VectorMatch;
import io.e5spark.sql.node.VectorSide;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.CreateNamedStruct;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import scala.collection.immutable.Seq;

/** The plans of the table functions, with their columns by name. */
final class FoundPlans {
  private static final Attribute SCORE = column("score", DataTypes.DoubleType);
  private static final Attribute RANK = column("rank", DataTypes.IntegerType);

  private FoundPlans() {}

  private static Attribute column(String name, DataType type) {
    return new AttributeReference(
        name, type, false, Metadata.empty(), NamedExpression.newExprId(), none());
  }

  private static Seq<String> none() {
    return ScalaBridge.seq(List.of());
  }

  /**
   * The rows of a table with score and rank.
   *
   * @throws IllegalArgumentException if the table has a column with one of these names
   */
  static LogicalPlan found(SearchedTable table, VectorMatch.Constant match) {
    for (Attribute column : ScalaBridge.list(table.plan().output())) {
      requireFree(table, column.name());
    }
    VectorSide side = table.side();
    List<Attribute> numbers = numbers(SCORE, RANK);
    LogicalPlan join =
        new VectorJoin(
            match, side, VectorSide.NONE, ScalaBridge.seq(numbers), ScalaBridge.seq(table.plan()));
    List<Attribute> all = new ArrayList<>(ScalaBridge.list(side.results()));
    all.addAll(numbers);
    return project(all.stream().map(one -> alias(one.name(), one)).toList(), join);
  }

  private static void requireFree(SearchedTable table, String column) {
    if (column.equalsIgnoreCase(SCORE.name()) || column.equalsIgnoreCase(RANK.name())) {
      throw new IllegalArgumentException(
          "Cannot search table %s: the result would have another column %s (rename yours in TABLE(SELECT … AS …))"
              .formatted(table.name(), column));
    }
  }

  /** A struct of the query's row and one of the nearest row, with score and rank. */
  static LogicalPlan nearest(SearchedTable queries, SearchedTable rows, VectorMatch.Nearest match) {
    VectorSide asked = queries.side();
    VectorSide found = rows.side();
    List<Attribute> numbers = numbers(SCORE, RANK);
    LogicalPlan join =
        new VectorJoin(
            match,
            found,
            asked,
            ScalaBridge.seq(numbers),
            ScalaBridge.seq(List.of(rows.plan(), queries.plan())));
    return structs(join, "query", asked, "nearest", found, numbers);
  }

  /**
   * The columns of the query's row, followed by those of the nearest row.
   *
   * @param names the names and ids that they get
   */
  static LogicalPlan joined(
      VectorMatch.Nearest match,
      VectorSide rows,
      VectorSide queries,
      List<LogicalPlan> inputs,
      List<Attribute> names) {
    List<Attribute> numbers = numbers(SCORE.withNullability(true), RANK.withNullability(true));
    LogicalPlan join =
        new VectorJoin(match, rows, queries, ScalaBridge.seq(numbers), ScalaBridge.seq(inputs));
    List<NamedExpression> columns = new ArrayList<>();
    for (Attribute name : names) {
      columns.add(ScalaBridge.alias(name, join.output().apply(columns.size())));
    }
    return project(columns, join);
  }

  /** Structs of the two rows, and their score. */
  static LogicalPlan near(SearchedTable rows, VectorMatch.Near match) {
    VectorSide second = rows.side();
    VectorSide first =
        new VectorSide(
            VectorSide.NONE.keys(),
            second.values(),
            ScalaBridge.map(second.results(), Attribute::newInstance));
    List<Attribute> numbers = numbers(SCORE);
    LogicalPlan join =
        new VectorJoin(
            match, second, first, ScalaBridge.seq(numbers), ScalaBridge.seq(rows.plan()));
    return structs(join, "first", first, "second", second, numbers);
  }

  private static List<Attribute> numbers(Attribute... columns) {
    return List.of(columns).stream().map(Attribute::newInstance).toList();
  }

  private static LogicalPlan structs(
      LogicalPlan join,
      String left,
      VectorSide leftSide,
      String right,
      VectorSide rightSide,
      List<Attribute> numbers) {
    List<NamedExpression> columns = new ArrayList<>();
    columns.add(alias(left, struct(leftSide.results())));
    columns.add(alias(right, struct(rightSide.results())));
    numbers.forEach(one -> columns.add(alias(one.name(), one)));
    return project(columns, join);
  }

  private static Expression struct(Seq<Attribute> columns) {
    List<Expression> fields = new ArrayList<>();
    for (Attribute column : ScalaBridge.list(columns)) {
      fields.add(Literal.create(column.name(), DataTypes.StringType));
      fields.add(column);
    }
    return new CreateNamedStruct(ScalaBridge.seq(fields));
  }

  /** The plan under new ids, because Spark assigns other ids if a query contains the call twice. */
  private static NamedExpression alias(String name, Expression expression) {
    return ScalaBridge.alias(name, expression);
  }

  private static LogicalPlan project(List<NamedExpression> columns, LogicalPlan join) {
    return new Project(ScalaBridge.seq(columns), join);
  }
}
