package io.e5spark.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.monotonically_increasing_id;

import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Numbers the rows of files, in the same way however Spark cuts the files into tasks. */
final class RowNumbers {
  private static final String FILE = "__e5_file";
  private static final String START = "__e5_start";
  private static final String ROW = "__e5_row";

  private RowNumbers() {}

  /** The rows with their numbers, from 1, in the column {@link RowIds#COLUMN}. */
  static Dataset<Row> with(Dataset<Row> rows) {
    Dataset<Row> placed =
        rows.select(
            col("*"),
            col("_metadata.file_path").as(FILE),
            col("_metadata.file_block_start").as(START),
            monotonically_increasing_id().as(ROW));
    Dataset<Row> sorted = placed.sort(FILE, START, ROW).drop(FILE, START, ROW);
    StructType schema = sorted.schema().add(RowIds.COLUMN, DataTypes.LongType);
    return rows.sparkSession()
        .createDataFrame(
            sorted
                .toJavaRDD()
                .zipWithIndex()
                .map(numbered -> numbered(numbered._1(), 1 + numbered._2())),
            schema);
  }

  private static Row numbered(Row row, long number) {
    return RowFactory.create(
        IntStream.rangeClosed(0, row.size())
            .mapToObj(i -> i == row.size() ? (Object) number : row.get(i))
            .toArray());
  }
}
