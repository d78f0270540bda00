package io.e5spark.sql.table;

import io.e5spark.lists.Centroids;
import io.e5spark.lists.IndexCentroids;
import io.e5spark.lists.StatedIndex;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.types.DataTypes;

/**
 * A vector table of which a search reads only some lists of the index, and the rows that are in no
 * list, because they are new and nothing is known about them.
 *
 * @param index the index of the table
 */
record ProbedTable(SearchedTable table, StatedIndex index, Centroids centroids) {

  /**
   * The table with its index.
   *
   * @throws IllegalArgumentException if it has no index, or one of other vectors
   */
  static ProbedTable of(SparkSession session, SearchedTable table) {
    StatedIndex index =
        table
            .index()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Cannot search table %s with probes: it has no index (make one with e5-spark index)"
                            .formatted(table.name())));
    index.requireMadeOf(table.fingerprint(), table.name());
    return new ProbedTable(table, index, IndexCentroids.of(session, index, table.name()));
  }

  /** The table with only the rows that a search for a vector reads. */
  SearchedTable near(float[] query, int probes) {
    List<Integer> lists = centroids.nearest(query, probes);
    if (lists.size() == index.lists()) {
      return table;
    }
    Attribute column = table.column(index.column());
    Stream<Expression> unlisted =
        Stream.of(
            new IsNull(column),
            new LessThan(column, number(index.first())),
            new GreaterThan(column, number(index.last())));
    Stream<Expression> listed =
        lists.stream().sorted().map(list -> new EqualTo(column, number(index.first() + list)));
    List<Expression> wanted = Stream.concat(unlisted, listed).toList();
    return table.with(new Filter(anyOf(wanted), table.plan()));
  }

  private static Expression number(int list) {
    return Literal.create(list, DataTypes.IntegerType);
  }

  /**
   * Single comparisons, because Delta and Parquet look only at the least and the greatest value of
   * an {@code IN}.
   */
  private static Expression anyOf(List<Expression> conditions) {
    if (conditions.size() == 1) {
      return conditions.get(0);
    }
    int middle = conditions.size() / 2;
    return new Or(
        anyOf(conditions.subList(0, middle)), anyOf(conditions.subList(middle, conditions.size())));
  }
}
