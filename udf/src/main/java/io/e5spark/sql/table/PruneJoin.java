package io.e5spark.sql.table;

import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.node.VectorJoin;
import io.e5spark.sql.node.VectorSide;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.rules.Rule;

/**
 * Keeps columns that nobody reads out of a {@link VectorJoin}, above all the vectors, because its
 * output is kept for every row that may be found, and sent.
 */
public final class PruneJoin extends Rule<LogicalPlan> {
  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return plan.transformDown(ScalaBridge.rewrite(PruneJoin::pruned));
  }

  private static LogicalPlan pruned(LogicalPlan node) {
    if (node instanceof Project && below(node) instanceof VectorJoin join) {
      VectorJoin fewer = join(join, needed(node));
      return fewer.equals(join) ? node : onTop(node, fewer);
    }
    return node;
  }

  private static LogicalPlan below(LogicalPlan project) {
    LogicalPlan child = project.children().head();
    return child instanceof Filter filter ? filter.child() : child;
  }

  private static AttributeSet needed(LogicalPlan project) {
    LogicalPlan child = project.children().head();
    return child instanceof Filter
        ? project.references().$plus$plus(child.references())
        : project.references();
  }

  private static LogicalPlan onTop(LogicalPlan project, VectorJoin join) {
    LogicalPlan child = project.children().head();
    LogicalPlan below = child instanceof Filter ? withChild(child, join) : join;
    return withChild(project, below);
  }

  private static LogicalPlan withChild(LogicalPlan node, LogicalPlan child) {
    return node.withNewChildren(ScalaBridge.seq(child));
  }

  private static VectorJoin join(VectorJoin join, AttributeSet needed) {
    VectorSide rows = join.rows().keeping(needed::contains);
    VectorSide queries = join.queries().keeping(needed::contains);
    List<LogicalPlan> inputs = new ArrayList<>();
    if (join.children().size() == 1) {
      inputs.add(pruned(join.children().head(), rows, queries));
    } else {
      inputs.add(pruned(join.children().head(), rows));
      inputs.add(pruned(join.children().apply(1), queries));
    }
    return new VectorJoin(join.match(), rows, queries, join.scores(), ScalaBridge.seq(inputs));
  }

  /** An input with only the columns that its sides read. */
  private static LogicalPlan pruned(LogicalPlan input, VectorSide... sides) {
    List<Expression> read =
        Stream.of(sides)
            .flatMap(
                side ->
                    Stream.concat(
                        ScalaBridge.list(side.keys()).stream(),
                        ScalaBridge.list(side.values()).stream()))
            .toList();
    AttributeSet needed = AttributeSet.apply(ScalaBridge.seq(read));
    List<Attribute> all = ScalaBridge.list(input.output());
    List<NamedExpression> kept =
        all.stream().filter(needed::contains).map(one -> (NamedExpression) one).toList();
    return kept.size() == all.size() ? input : new Project(ScalaBridge.seq(kept), input);
  }
}
