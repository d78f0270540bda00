package io.e5spark.sql.catalyst;

import io.e5spark.config.Settings;
import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.expression.SqlFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.ApplyFunctionExpression;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.Seq;

/**
 * A function as {@link io.e5spark.sql.E5FunctionCatalog} provides it. Spark evaluates it row by
 * row, unless a rule replaces it with the call that can be lifted.
 *
 * @param function the function that it calls
 * @param settings the settings of the session when the query was analyzed
 * @param types the types of the arguments; empty before it is bound
 */
public record CatalogFunction(SqlFunction function, Settings settings, List<DataType> types)
    implements UnboundFunction, ScalarFunction<Object> {

  @Override
  public BoundFunction bind(StructType input) {
    List<DataType> bound = Arrays.stream(input.fields()).map(StructField::dataType).toList();
    CatalogFunction function = new CatalogFunction(function(), settings, bound);
    Expression call = function.call(nulls(bound));
    if (call.checkInputDataTypes().isFailure() && bound.size() < 2) {
      throw new UnsupportedOperationException(
          "%s does not take %s".formatted(name(), input.simpleString()));
    }
    return function;
  }

  private static List<Expression> nulls(List<DataType> types) {
    List<Expression> nulls = new ArrayList<>();
    types.forEach(type -> nulls.add(Literal.create(null, type)));
    return nulls;
  }

  private Expression call(List<Expression> arguments) {
    return function.checkedCall(ScalaBridge.seq(arguments), settings);
  }

  /** The call that can be lifted, instead of one that Spark made from this function. */
  static Expression liftable(Expression expression) {
    if (expression instanceof ApplyFunctionExpression applied
        && applied.function() instanceof CatalogFunction ours) {
      Seq<Expression> arguments = applied.children();
      return ours.function.checkedCall(arguments, ours.settings);
    }
    return expression;
  }

  @Override
  public DataType[] inputTypes() {
    return types.toArray(DataType[]::new);
  }

  @Override
  public DataType resultType() {
    return call(nulls(types)).dataType();
  }

  @Override
  public @Nullable Object produceResult(InternalRow row) {
    List<Expression> arguments = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      Object value = row.isNullAt(i) ? null : row.get(i, types.get(i));
      arguments.add(new Literal(value, types.get(i)));
    }
    return call(arguments).eval(InternalRow.empty());
  }

  @Override
  public String name() {
    return function.catalogName();
  }

  @Override
  public String canonicalName() {
    return "io.e5spark." + name();
  }

  @Override
  public String description() {
    return function.info().getUsage();
  }
}
