package io.e5spark.index;

import io.e5spark.lists.StatedIndex;
import io.e5spark.platform.ColumnName;
import io.e5spark.platform.SessionCopy;
import io.e5spark.sql.E5Functions;
import io.e5spark.table.IndexedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The lists of the rows that are nearest to queries, exact, nearest first.
 *
 * @param table the table that is searched
 * @param queries the vectors
 */
record ExactNeighbours(IndexedTable table, StatedIndex index, QuerySample queries) {
  private static final String VIEW = "__e5_queries";
  private static final StructType QUERY =
      new StructType()
          .add("number", DataTypes.IntegerType)
          .add("vector", DataTypes.createArrayType(DataTypes.FloatType, false));

  /**
   * The lists by query.
   *
   * @param k the number of rows per query; fewer if the table has fewer
   */
  List<List<Integer>> lists(SparkSession spark, int k) {
    List<List<Integer>> lists = new ArrayList<>();
    queries.vectors().forEach(query -> lists.add(new ArrayList<>()));
    int first = queries.areOfTheTable() ? 1 : 0;
    SparkSession own = SessionCopy.of(spark, Map.of(), Map.of());
    if (!E5Functions.areIn(own)) {
      E5Functions.install(own);
    }
    for (Row row : found(own, k + first).collectAsList()) {
      if (row.getInt(1) > first) {
        lists.get(row.getInt(0)).add(row.isNullAt(2) ? IndexedTable.NO_LIST : row.getInt(2));
      }
    }
    return lists;
  }

  private Dataset<Row> found(SparkSession own, int k) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < queries.vectors().size(); i++) {
      rows.add(RowFactory.create(i, queries.vectors().get(i)));
    }
    own.createDataFrame(rows, QUERY).createOrReplaceTempView(VIEW);
    String vector = ColumnName.quoted(table.properties().vectorColumn());
    String list = ColumnName.quoted(index.column());
    return own.sql(
        String.format(
            Locale.ROOT,
            """
            SELECT query.number, rank, nearest.list FROM e5_nearest(TABLE(%s), TABLE(SELECT %s, %s AS list FROM %s), %d,
              query_column => 'vector', vector_column => '%s') ORDER BY query.number, rank""",
            VIEW,
            vector,
            list,
            table.sql(),
            k,
            table.properties().vectorColumn().replace("\\", "\\\\").replace("'", "\\'")));
  }
}
