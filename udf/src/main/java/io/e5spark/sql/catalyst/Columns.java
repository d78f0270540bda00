package io.e5spark.sql.catalyst;

import io.e5spark.sql.expression.ScalaBridge;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import scala.collection.immutable.Seq;

/** Projections that select columns of a plan or add one. */
final class Columns {
  private Columns() {}

  /** The plan with these columns, in this order. */
  static LogicalPlan of(Seq<Attribute> wanted, LogicalPlan plan) {
    return plan.output().equals(wanted)
        ? plan
        : new Project(ScalaBridge.map(wanted, column -> (NamedExpression) column), plan);
  }

  /** The plan with one more column at the end. */
  static LogicalPlan and(LogicalPlan plan, NamedExpression column) {
    List<NamedExpression> columns = new ArrayList<>(ScalaBridge.list(plan.output()));
    columns.add(column);
    return new Project(ScalaBridge.seq(columns), plan);
  }

  /** A projection of more columns over another child, with one more column at the end. */
  static Project and(Project project, Attribute column, LogicalPlan child) {
    List<NamedExpression> columns = new ArrayList<>(ScalaBridge.list(project.projectList()));
    if (columns.stream().noneMatch(named -> named.exprId().equals(column.exprId()))) {
      columns.add(column);
    }
    return new Project(ScalaBridge.seq(columns), child);
  }

  /** These columns and one more at the end. */
  static Seq<Attribute> and(Seq<Attribute> columns, Attribute column) {
    List<Attribute> all = new ArrayList<>(ScalaBridge.list(columns));
    all.add(column);
    return ScalaBridge.seq(all);
  }
}
