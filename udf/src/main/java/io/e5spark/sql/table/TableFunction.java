package io.e5spark.sql.table;

import io.e5spark.sql.expression.SqlFunction;
import io.e5spark.sql.node.QueryVector;
import io.e5spark.sql.node.VectorJoin;
import io.e5spark.sql.node.VectorMatch;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.Function1;
import scala.Tuple3;
import scala.collection.immutable.Seq;

/** The SQL functions that return tables. */
public enum TableFunction {
  E5_SEARCH(
      "table query k",
      "_FUNC_(table, query [, k [, options]]) - Returns the k rows of a vector table that are nearest to a"
          + " query, with their score and rank. The result is exact without the option probes.",
      """
          * table - the name of a vector table, the path of one in Delta, or TABLE(a query of one)
          * query - a constant: a string, which is embedded with the model of the table, or a vector
          * k - the number of rows, 10 by default
          * options - a map of literals, or named arguments: filter (a condition on the rows that are
            searched), vector_column, probes (the number of lists of the table's index that are read,
            those nearest to the query; all rows without it), and settings such as model
      """,
      """
          > SELECT id, score FROM _FUNC_('vectors', 'how much protein', 5);
      """) {
    @Override
    LogicalPlan plan(SparkSession session, Arguments arguments) {
      SearchedTable table = filtered(session, arguments, "table");
      Optional<Integer> probes = arguments.option(PROBES).map(Constants::probes);
      QueryVector query = new QueryArgument(arguments, table).vector();
      int dimension = Math.max(table.dimension(), query.dimension());
      if (probes.isEmpty()) {
        return FoundPlans.found(table, new VectorMatch.Constant(query, k(arguments), dimension));
      }
      // Embedded now, because the vector decides which files are read.
      QueryVector.Given given = query.given();
      SearchedTable near = ProbedTable.of(session, table).near(given.components(), probes.get());
      return FoundPlans.found(near, new VectorMatch.Constant(given, k(arguments), dimension));
    }
  },
  E5_NEAREST(
      "queries vectors k",
      "_FUNC_(queries, vectors [, k [, options]]) - Returns, for every row of one vector table, its k nearest rows"
          + " of another, as structs query and nearest, with their score and rank. The result is exact.",
      """
          * queries - a vector table by name or path, or TABLE(a query with vectors)
          * vectors - the vector table whose rows are found, likewise
          * k - the number of rows for each query, 10 by default
          * options - a map of literals, or named arguments: filter (a condition on the rows that are
            found), query_column, vector_column
      """,
      """
          > SELECT query.id, nearest.id, score FROM _FUNC_('queries', 'vectors', 5);
      """) {
    @Override
    LogicalPlan plan(SparkSession session, Arguments arguments) {
      SearchedTable rows = filtered(session, arguments, "vectors");
      TableArgument asked = argument(session, arguments, "queries");
      SearchedTable queries = table(session, arguments, asked, QUERY_COLUMN);
      rows.requireComparable(queries);
      arguments.requireNoMore(List.of(FILTER, QUERY_COLUMN, VECTOR_COLUMN));
      int dimension = Math.max(rows.dimension(), queries.dimension());
      return FoundPlans.nearest(queries, rows, VectorMatch.Nearest.found(k(arguments), dimension));
    }
  },
  E5_NEAR_DUPLICATES(
      "table threshold",
      "_FUNC_(table, threshold [, options]) - Returns the pairs of rows of a vector table whose score is not"
          + " below a threshold, as structs first and second, each pair once. The result is exact.",
      """
          * table - a vector table by name or path, or TABLE(a query with vectors)
          * threshold - the least score, a number
          * options - a map of literals, or named arguments: filter (a condition on the rows that are
            compared), vector_column
      """,
      """
          > SELECT first.id, second.id, score FROM _FUNC_('vectors', 0.95);
      """) {
    @Override
    LogicalPlan plan(SparkSession session, Arguments arguments) {
      SearchedTable rows = filtered(session, arguments, "table");
      arguments.requireNoMore(List.of(FILTER, VECTOR_COLUMN));
      Expression threshold = arguments.required("threshold");
      float least = (float) Constants.number(sqlName(), "threshold", threshold);
      if (!Float.isFinite(least)) {
        throw new IllegalArgumentException(
            "Invalid threshold: %s (must be a number)".formatted(threshold.sql()));
      }
      return FoundPlans.near(rows, new VectorMatch.Near(least, rows.dimension()));
    }
  };

  private static final int USUAL_K = 10;
  private static final String FILTER = "filter";
  private static final String PROBES = "probes";
  private static final String VECTOR_COLUMN = "vector-column";
  private static final String QUERY_COLUMN = "query-column";

  private final String arguments;
  private final String usage;
  private final String argumentTexts;
  private final String examples;

  TableFunction(String arguments, String usage, String argumentTexts, String examples) {
    this.arguments = arguments;
    this.usage = usage;
    this.argumentTexts = "\n    Arguments:\n" + argumentTexts.indent(2) + "  ";
    this.examples = "\n    Examples:\n" + examples.indent(2) + "  ";
  }

  /** The plan of a call. */
  abstract LogicalPlan plan(SparkSession session, Arguments arguments);

  public String sqlName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a session needs to know the function. */
  public Tuple3<FunctionIdentifier, ExpressionInfo, Function1<Seq<Expression>, LogicalPlan>>
      registration() {
    return new Tuple3<>(new FunctionIdentifier(sqlName()), info(), builder());
  }

  /** The plan of a call with some arguments, which is made while the call is analyzed. */
  public Function1<Seq<Expression>, LogicalPlan> builder() {
    return given ->
        plan(
            SparkSession.active(),
            Arguments.of(sqlName(), List.of(arguments.split(" ", -1)), given));
  }

  ExpressionInfo info() {
    return new ExpressionInfo(
        VectorJoin.class.getName(),
        null,
        sqlName(),
        usage,
        argumentTexts,
        examples,
        "",
        "misc_funcs",
        SqlFunction.SINCE,
        "",
        "java_udf");
  }

  int k(Arguments given) {
    return given
        .optional("k")
        .map(argument -> Constants.count(sqlName(), "k", argument))
        .orElse(USUAL_K);
  }

  SearchedTable filtered(SparkSession session, Arguments given, String name) {
    TableArgument all = argument(session, given, name);
    TableArgument rows =
        given.option(FILTER).map(condition -> all.where(session, condition)).orElse(all);
    return table(session, given, rows, VECTOR_COLUMN);
  }

  TableArgument argument(SparkSession session, Arguments given, String name) {
    return TableArgument.of(session, sqlName(), name, given.required(name));
  }

  static SearchedTable table(
      SparkSession session, Arguments given, TableArgument rows, String column) {
    return SearchedTable.of(
        session, rows.renewed(), given.option(column), column.replace('-', '_'));
  }
}
