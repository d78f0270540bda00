package io.e5spark.sql.table;

import io.e5spark.sql.expression.ScalaBridge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.analysis.AnalysisContext;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.FunctionTableSubqueryArgumentExpression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;

/**
 * A table that a call names: by its name, by the path of a Delta table, or as {@code TABLE(…)}.
 *
 * @param name what messages call it
 * @param plan its rows, analyzed
 */
record TableArgument(String name, LogicalPlan plan) {
  private static final String SUBQUERY = "TABLE(…)";

  /**
   * The table of an argument.
   *
   * @throws IllegalArgumentException if there is none, or it is a stream
   */
  static TableArgument of(SparkSession session, String function, String name, Expression argument) {
    TableArgument table =
        argument instanceof FunctionTableSubqueryArgumentExpression subquery
            ? new TableArgument(SUBQUERY, subquery.plan())
            : named(session, Constants.text(function, name, argument));
    if (table.plan.isStreaming()) {
      throw new IllegalArgumentException(
          "Cannot search table %s: it is a stream (search the table that a stream writes)"
              .formatted(table.name));
    }
    return table;
  }

  /**
   * The rows for which a condition in SQL holds.
   *
   * @throws IllegalArgumentException if it is not SQL
   */
  TableArgument where(SparkSession session, String condition) {
    try {
      Expression parsed = session.sessionState().sqlParser().parseExpression(condition);
      return new TableArgument(name, new Filter(parsed, plan));
    } catch (ParseException e) {
      throw new IllegalArgumentException(
          "Invalid filter: %s (must be a condition in SQL)".formatted(condition), e);
    }
  }

  /** The same columns under new ids, because two reads of one table may have the same ids. */
  TableArgument renewed() {
    List<NamedExpression> columns = new ArrayList<>();
    for (Attribute column : ScalaBridge.list(plan.output())) {
      columns.add(ScalaBridge.alias(column.name(), column));
    }
    return new TableArgument(name, new Project(ScalaBridge.seq(columns), plan));
  }

  private static TableArgument named(SparkSession session, String name) {
    try {
      return new TableArgument(
          name, session.table(inSql(session, name)).queryExecution().analyzed());
    } catch (Exception e) {
      // Scala throws checked exceptions that no signature names.
      if (e instanceof AnalysisException) {
        String reason = e instanceof ParseException ? unparsed(name) : firstLine(e);
        throw new IllegalArgumentException(
            "Cannot search table %s: %s%s".formatted(name, reason, way(name)), e);
      }
      throw e;
    }
  }

  private static String unparsed(String name) {
    return name.isBlank()
        ? "it has no name"
        : "the catalog takes such a name in backticks, `%s`".formatted(name);
  }

  /** A plain name is one of the catalog, also where a directory has it. */
  private static String way(String name) {
    return name.contains("/")
        ? ""
        : " (the path of a table has a slash, as in ./%s, and a query of WITH is passed as TABLE(%1$s))"
            .formatted(name);
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /**
   * A name in the catalog; a name with a slash, or with a dot at the beginning, is the path of a
   * Delta table.
   */
  private static String inSql(SparkSession session, String name) {
    boolean isPath = !name.contains("`") && (name.contains("/") || name.startsWith("."));
    return isPath ? "delta.`" + qualified(session, new Path(name)) + "`" : inView(session, name);
  }

  /** A view finds names without a database where it was created. */
  private static String inView(SparkSession session, String name) {
    List<String> place = ScalaBridge.list(AnalysisContext.get().catalogAndNamespace());
    Optional<String> plain = place.isEmpty() ? Optional.empty() : plain(session, name);
    return plain
        .filter(one -> !session.sessionState().catalog().isTempView(new TableIdentifier(one)))
        .map(one -> Stream.concat(place.stream(), Stream.of(one)))
        .map(parts -> parts.map(TableArgument::quoted).collect(Collectors.joining(".")))
        .orElse(name);
  }

  /** The name without its quotes; empty if it has a database, or is no name. */
  private static Optional<String> plain(SparkSession session, String name) {
    try {
      List<String> parts =
          ScalaBridge.list(session.sessionState().sqlParser().parseMultipartIdentifier(name));
      return parts.size() == 1 ? Optional.of(parts.get(0)) : Optional.empty();
    } catch (ParseException e) {
      // Reported when the table is looked for.
      return Optional.empty();
    }
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  private static Path qualified(SparkSession session, Path path) {
    try {
      return path.getFileSystem(session.sessionState().newHadoopConf()).makeQualified(path);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot reach " + path + ": " + e.getMessage(), e);
    }
  }
}
