package io.e5spark.sql.table;

import io.e5spark.cluster.Models;
import io.e5spark.config.Settings;
import io.e5spark.embed.EmbedderPlan;
import io.e5spark.model.StatedVectors;
import io.e5spark.sql.expression.SessionSettings;
import io.e5spark.sql.node.QueryVector;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Expression;

/**
 * What a call of {@code e5_search} searches for.
 *
 * @param arguments the arguments, whose remaining options are settings
 * @param table the table that is searched
 */
record QueryArgument(Arguments arguments, SearchedTable table) {
  private static final String QUERY = "query";

  /**
   * The query; a text is not embedded yet.
   *
   * @throws IllegalArgumentException if it is not a constant, or the vectors of the table come from
   *     another model or have another dimension
   */
  QueryVector vector() {
    Expression query = arguments.required(QUERY);
    if (Constants.isVector(query)) {
      arguments.requireNoMore(List.of("filter", "vector-column", "probes"));
      List<Float> vector = Constants.vector(QUERY, query);
      requireDimension(vector.size());
      return new QueryVector.Given(vector);
    }
    if (!Constants.isText(query)) {
      throw new IllegalArgumentException(
          "Cannot search table %s: the query %s is not a constant text or vector (for a query per row, use e5_nearest)"
              .formatted(table.name(), query.sql()));
    }
    String text = Constants.text(arguments.function(), QUERY, query);
    EmbedderPlan plan = plan(arguments.options());
    return new QueryVector.Text(text, plan.settings(), plan.model().dimension());
  }

  private EmbedderPlan plan(Map<String, String> options) {
    Optional<StatedVectors> stated = table.stated();
    if (stated.isEmpty() && !options.containsKey("model")) {
      throw new IllegalArgumentException(
          "Cannot search table %s: it has no e5.* properties for column %s (name the model that made its vectors with model)"
              .formatted(table.name(), table.vector().name()));
    }
    Settings session = SessionSettings.active();
    Settings settings =
        stated
            .map(said -> QuerySettings.of(session, said, options))
            .orElseGet(() -> QuerySettings.of(session, options));
    EmbedderPlan plan = Models.plan(settings);
    stated.ifPresent(said -> said.requireMadeBy(plan.recipe(), table.name()));
    return plan;
  }

  private void requireDimension(int dimension) {
    if (table.dimension() > 0 && table.dimension() != dimension) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot search table %s: its vectors have %d dimensions, the query has %d",
              table.name(),
              table.dimension(),
              dimension));
    }
  }
}
