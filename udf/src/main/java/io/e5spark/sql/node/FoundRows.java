package io.e5spark.sql.node;

import io.e5spark.nearest.Candidate;
import io.e5spark.nearest.NearPair;
import io.e5spark.nearest.NearPairs;
import io.e5spark.nearest.NearestJoin;
import io.e5spark.nearest.Neighbour;
import io.e5spark.nearest.RowOrder;
import io.e5spark.nearest.Unmatched;
import io.e5spark.sql.expression.ScalaBridge;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.execution.SparkPlan;
import scala.collection.immutable.Seq;

/**
 * The rows of a {@link VectorJoinExec}.
 *
 * @param rows the side that is searched
 * @param queries the side that is searched for
 */
record FoundRows(VectorMatch match, VectorSide rows, VectorSide queries) {

  RDD<InternalRow> of(Seq<SparkPlan> inputs) {
    if (match instanceof VectorMatch.Near near) {
      return near(near, inputs.head());
    }
    RowBytes found = RowBytes.of(rows.keys(), List.of(rows.values()));
    JavaRDD<Candidate> candidates = found.candidates(inputs.head(), match.dimension());
    JoinedColumns columns = joined(found);
    JavaRDD<Neighbour> neighbours =
        match instanceof VectorMatch.Constant constant
            ? new NearestJoin(constant.k(), order(found), Unmatched.LEFT_OUT)
                .one(new Candidate(new byte[0], constant.query().components()), candidates)
            : many((VectorMatch.Nearest) match, found, candidates, inputs.apply(1));
    return neighbours.mapPartitions(columns::ofNeighbours).rdd();
  }

  private JavaRDD<Neighbour> many(
      VectorMatch.Nearest nearest,
      RowBytes found,
      JavaRDD<Candidate> candidates,
      SparkPlan queryInput) {
    RowBytes asked = new RowBytes(queries.keys().head(), queries.values());
    return new NearestJoin(nearest.k(), order(found), nearest.unmatched())
        .many(asked.candidates(queryInput, match.dimension(), nearest.unmatched()), candidates);
  }

  private JoinedColumns joined(RowBytes found) {
    int asked = queries.values().size();
    List<Expression> output = new ArrayList<>(bound(queries.values(), 0));
    for (BoundReference column : bound(rows.values(), asked + ordering().size())) {
      // A query without a result has null instead of a row.
      output.add(new BoundReference(column.ordinal(), column.dataType(), true));
    }
    return new JoinedColumns(asked, found.columns().size(), List.copyOf(output));
  }

  private RDD<InternalRow> near(VectorMatch.Near near, SparkPlan input) {
    RowBytes both = RowBytes.of(rows.keys(), List.of(queries.values(), rows.values()));
    int width = both.columns().size();
    int first = ordering().size();
    List<Expression> output = new ArrayList<>(bound(queries.values(), first));
    output.addAll(bound(rows.values(), width + first + queries.values().size()));
    JoinedColumns columns = new JoinedColumns(width, width, List.copyOf(output));
    JavaRDD<NearPair> pairs =
        new NearPairs(near.threshold(), order(both)).of(both.candidates(input, near.dimension()));
    return pairs.mapPartitions(columns::ofPairs).rdd();
  }

  private static List<BoundReference> bound(Seq<Expression> columns, int first) {
    return RowBytes.bound(ScalaBridge.list(columns), first);
  }

  private List<Expression> ordering() {
    return RowBytes.ordering(rows.keys());
  }

  private RowOrder order(RowBytes bytes) {
    List<String> names =
        ordering().stream()
            .map(column -> column instanceof NamedExpression named ? named.name() : column.sql())
            .toList();
    return new ColumnOrder(ordering(), names, bytes.columns().size());
  }
}
