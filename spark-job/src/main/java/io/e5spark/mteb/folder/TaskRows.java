package io.e5spark.mteb.folder;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;

import io.e5spark.platform.DataFile;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Reads the rows of files with their numbers: samples and ties depend on the order of the files.
 */
public final class TaskRows {
  /** The column with a row's number, from 0 through all files of a split. */
  public static final String NUMBER = "_row";

  private static final String LINE = "line";

  private final SparkSession spark;

  public TaskRows(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * The rows of all files, numbered.
   *
   * @throws IllegalArgumentException if there are no files
   */
  public Dataset<Row> read(List<DataFile> files) {
    Dataset<Row> all = read(files.get(0)).persist();
    long next = all.count();
    for (DataFile file : files.subList(1, files.size())) {
      Dataset<Row> more = read(file).withColumn(NUMBER, col(NUMBER).plus(lit(next))).persist();
      next += more.count();
      all = all.unionByName(more, true);
    }
    return all;
  }

  private Dataset<Row> read(DataFile file) {
    if (file.name().endsWith(".parquet")) {
      return spark
          .read()
          .parquet(file.location())
          .select(col("*"), col("_metadata.row_index").as(NUMBER));
    }
    return isWholeObject(file) ? readWhole(file) : readLines(file);
  }

  /** Whether a file is one object or array over many lines. */
  private static boolean isWholeObject(DataFile file) {
    String[] first = {""};
    file.forEachLine(
        (number, line) -> {
          if (number == 1) {
            first[0] = line.strip();
          }
        });
    return first[0].startsWith("[") || !first[0].endsWith("}");
  }

  private Dataset<Row> readWhole(DataFile file) {
    return spark
        .read()
        .option("multiLine", true)
        .option("mode", "FAILFAST")
        .json(file.location())
        .withColumn(NUMBER, monotonically_increasing_id());
  }

  /** By Hadoop's reader, whose splits keep their order, other than those of Spark's. */
  private Dataset<Row> readLines(DataFile file) {
    JavaRDD<String> lines =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .textFile(file.location())
            .filter(line -> !line.isBlank());
    JavaPairRDD<String, Long> numbered = lines.zipWithIndex();
    StructType schema =
        spark.read().json(spark.createDataset(lines.rdd(), Encoders.STRING())).schema();
    StructType ofLines =
        new StructType().add(LINE, DataTypes.StringType).add(NUMBER, DataTypes.LongType);
    return spark
        .createDataFrame(numbered.map(one -> RowFactory.create(one._1(), one._2())), ofLines)
        .select(from_json(col(LINE), schema, Map.of("mode", "FAILFAST")).as(LINE), col(NUMBER))
        .select(LINE + ".*", NUMBER);
  }
}
