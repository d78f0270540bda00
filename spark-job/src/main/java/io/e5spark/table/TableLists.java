package io.e5spark.table;

import io.e5spark.lists.IndexCentroids;
import io.e5spark.lists.StatedIndex;
import io.e5spark.platform.ColumnName;
import io.e5spark.platform.TableLocation;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The lists of a vector table's index, if it has one. */
public record TableLists(SparkSession spark, TableLocation location) {

  /** What the table says about its index; empty if it has none. */
  public Optional<StatedIndex> index() {
    return StatedIndex.of(location.deltaProperties());
  }

  /**
   * What the table says about its index.
   *
   * @throws IllegalArgumentException if it has none
   */
  public StatedIndex required() {
    return index()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot use the index of table %s: it has none (make one with e5-spark index --vectors %s)"
                        .formatted(location.name(), location.name())));
  }

  /** The number of rows that are in no list of an index. */
  public long rowsInNone(StatedIndex index) {
    Column list = ColumnName.column(index.column());
    Column inNone = list.isNull().or(list.lt(index.first())).or(list.gt(index.last()));
    return location.delta().toDF().where(inNone).count();
  }

  /**
   * The rows in the form of the table, with their lists if it has an index.
   *
   * @throws IllegalArgumentException if the index was made from other vectors, or its centroids are
   *     missing
   */
  Dataset<Row> listed(Dataset<Row> rows, VectorProperties properties) {
    return index().map(index -> loaded(index, properties).assigned(rows, properties)).orElse(rows);
  }

  /**
   * Checks that an index that the table has can be used.
   *
   * @throws IllegalArgumentException if the index was made from other vectors, or its centroids are
   *     missing
   */
  public void requireReadable(VectorProperties properties) {
    index().ifPresent(index -> loaded(index, properties));
  }

  /** An index with its centroids. */
  TableIndex loaded(StatedIndex index, VectorProperties properties) {
    index.requireMadeOf(properties.fingerprint(), location.name());
    return new TableIndex(index, IndexCentroids.of(spark, index, location.name()));
  }
}
