package io.e5spark.sql.catalyst;

import io.e5spark.config.OnError;
import io.e5spark.config.Settings;
import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.expression.SqlFunction;
import io.e5spark.sql.expression.UnevaluableEmbed;
import io.e5spark.sql.node.BatchEmbed;
import io.e5spark.sql.node.BatchEmbedStrategy;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation$;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Function1;
import scala.Tuple3;
import scala.collection.immutable.Seq;

/**
 * Whether this build of Spark has the internals that the batched operator needs. If it does not,
 * the functions are evaluated row by row: slowly, and with the same results.
 */
public final class OperatorSupport {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorSupport.class);

  private final boolean works;

  private OperatorSupport(boolean works) {
    this.works = works;
  }

  /** Finds out by planning a query, without running it. */
  public static OperatorSupport tried() {
    return tried(OperatorSupport::planOneCall);
  }

  /** Finds out by a trial. Whatever it throws means no, and is logged as one warning. */
  public static OperatorSupport tried(Runnable trial) {
    try {
      trial.run();
      return new OperatorSupport(true);
    } catch (LinkageError | RuntimeException e) {
      LOG.warn(
          "This build of Spark does not support the batched operator, so e5_embed runs row by row, which is slow ({})",
          e.toString());
      return new OperatorSupport(false);
    }
  }

  private static void planOneCall() {
    Attribute text =
        new AttributeReference(
            "text",
            DataTypes.StringType,
            true,
            Metadata.empty(),
            NamedExpression.newExprId(),
            ScalaBridge.seq(List.of()));
    Expression call =
        new UnevaluableEmbed(
            ScalaBridge.seq((Expression) text), Settings.read(Map.of()), OnError.FAIL);
    LogicalPlan rows = LocalRelation$.MODULE$.apply(ScalaBridge.seq(text));
    LogicalPlan plan =
        new Project(ScalaBridge.seq((NamedExpression) ScalaBridge.alias("vector", call)), rows);
    LogicalPlan lifted = new ProjectSortKey().apply(new ExtractBatchEmbed().apply(plan));
    LogicalPlan node = lifted.find(BatchEmbed.class::isInstance).get();
    SparkPlan planned = new BatchEmbedStrategy().apply(node).head();
    planned.withNewChildren(planned.children()).output();
  }

  public boolean works() {
    return works;
  }

  /** What a session needs to know a function. */
  public Tuple3<FunctionIdentifier, ExpressionInfo, Function1<Seq<Expression>, Expression>>
      registration(SqlFunction function) {
    return new Tuple3<>(
        new FunctionIdentifier(function.sqlName()), function.info(), builder(function));
  }

  /**
   * The calls of a function: calls that the rules can lift, or calls that Spark evaluates at once.
   */
  public Function1<Seq<Expression>, Expression> builder(SqlFunction function) {
    Function1<Seq<Expression>, Expression> marked = function.builder();
    return works ? marked : arguments -> MakeEvaluable.unmark(marked.apply(arguments));
  }
}
