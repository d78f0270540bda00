package io.e5spark.sql.catalyst;

import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.node.BatchEmbed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.InputFileBlockLength;
import org.apache.spark.sql.catalyst.expressions.InputFileBlockStart;
import org.apache.spark.sql.catalyst.expressions.InputFileName;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import scala.runtime.BoxedUnit;

/**
 * Computes {@code input_file_name()} and related functions below the nodes that read ahead. Spark
 * answers them with the file that the task is reading at the moment. Above a {@link BatchEmbed},
 * this is the file of a later row, or none.
 */
final class CurrentFile {
  private CurrentFile() {}

  /** A plan, and the column that replaces an expression in it. */
  private record Carried(LogicalPlan plan, Attribute column) {}

  static LogicalPlan belowCalls(LogicalPlan plan) {
    return plan.transformUp(ScalaBridge.rewrite(CurrentFile::rewrite));
  }

  private static LogicalPlan rewrite(LogicalPlan plan) {
    Map<Class<?>, Expression> asked = asked(plan);
    if (asked.isEmpty() || plan.children().size() != 1 || !readsAhead(plan.children().head())) {
      return plan;
    }
    LogicalPlan child = plan.children().head();
    Map<Class<?>, Attribute> columns = new LinkedHashMap<>();
    for (Expression one : asked.values()) {
      Carried carried = carry(child, one);
      child = carried.plan;
      columns.put(one.getClass(), carried.column);
    }
    LogicalPlan above =
        plan.withNewChildren(ScalaBridge.seq(child))
            .transformExpressions(
                ScalaBridge.rewrite(
                    one ->
                        columns.containsKey(one.getClass()) ? columns.get(one.getClass()) : one));
    return Columns.of(plan.output(), above);
  }

  private static Map<Class<?>, Expression> asked(LogicalPlan plan) {
    Map<Class<?>, Expression> asked = new LinkedHashMap<>();
    for (Expression expression : ScalaBridge.list(plan.expressions())) {
      expression.foreach(
          part -> {
            if (isOfFile(part)) {
              asked.putIfAbsent(part.getClass(), part);
            }
            return BoxedUnit.UNIT;
          });
    }
    return asked;
  }

  private static boolean isOfFile(Expression expression) {
    return expression instanceof InputFileName
        || expression instanceof InputFileBlockStart
        || expression instanceof InputFileBlockLength;
  }

  /** Whether the task may already read another file when the plan returns a row. */
  private static boolean readsAhead(LogicalPlan plan) {
    return plan instanceof BatchEmbed
        || PassedRows.sides(plan).stream().anyMatch(CurrentFile::readsAhead);
  }

  private static Carried carry(LogicalPlan plan, Expression asked) {
    if (!readsAhead(plan)) {
      Alias alias = ScalaBridge.alias("file", asked);
      return new Carried(Columns.and(plan, alias), alias.toAttribute());
    }
    return plan instanceof Union ? carryAll(plan, asked) : carryOne(plan, asked);
  }

  private static Carried carryOne(LogicalPlan plan, Expression asked) {
    LogicalPlan child = PassedRows.sides(plan).get(0);
    Carried below = carry(child, asked);
    return new Carried(KeptRows.with(plan, child, below.plan, below.column), below.column);
  }

  private static Carried carryAll(LogicalPlan union, Expression asked) {
    List<LogicalPlan> children = new ArrayList<>();
    for (LogicalPlan child : ScalaBridge.list(union.children())) {
      Carried below = carry(child, asked);
      children.add(Columns.of(Columns.and(child.output(), below.column), below.plan));
    }
    LogicalPlan carried = union.withNewChildren(ScalaBridge.seq(children));
    return new Carried(carried, carried.output().last());
  }
}
