package io.e5spark.mteb.folder;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;

import io.e5spark.platform.DataFile;
import io.e5spark.source.FileForm;
import io.e5spark.source.JsonLines;
import io.e5spark.source.ReadOptions;
import io.e5spark.source.SourceFormat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Reads the rows of files with their numbers, because samples and ties depend on the order of the
 * files.
 */
public final class TaskRows {
  /** The column with the number of a row, from 0 through all files of a split. */
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
    Dataset<Row> all = read(files.get(0));
    for (DataFile file : files.subList(1, files.size())) {
      Column number = col(NUMBER).plus(lit(all.count()));
      all = all.unionByName(read(file).withColumn(NUMBER, number), true);
    }
    return all;
  }

  private Dataset<Row> read(DataFile file) {
    if (file.name().endsWith(".parquet")) {
      return spark
          .read()
          .options(ReadOptions.of(FileForm.of(SourceFormat.PARQUET)))
          .parquet(file.location())
          .select(col("*"), col("_metadata.row_index").as(NUMBER));
    }
    return isWholeObject(file) ? readWhole(file) : readLines(file);
  }

  /** Whether a file is one object or array over several lines. */
  private static boolean isWholeObject(DataFile file) {
    try (BufferedReader reader = new BufferedReader(file.reader(StandardCharsets.UTF_8))) {
      String line = reader.readLine();
      return line != null && (line.startsWith("[") || !line.strip().endsWith("}"));
    } catch (CharacterCodingException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot read %s: %s".formatted(file.location(), e.getMessage()), e);
    }
  }

  private Dataset<Row> readWhole(DataFile file) {
    return spark
        .read()
        .options(ReadOptions.of(FileForm.of(SourceFormat.JSON)))
        .option("multiLine", true)
        .option("mode", "FAILFAST")
        .json(file.location())
        .withColumn(NUMBER, monotonically_increasing_id());
  }

  /** Reads one file at a time, because Spark orders the parts of several files by their size. */
  private Dataset<Row> readLines(DataFile file) {
    FilterFunction<String> filled = line -> !line.isBlank();
    Dataset<String> lines = new JsonLines(spark, file.location()).lines().filter(filled);
    JavaPairRDD<String, Long> numbered = lines.toJavaRDD().zipWithIndex();
    StructType schema = spark.read().json(lines).schema();
    StructType ofLines =
        new StructType().add(LINE, DataTypes.StringType).add(NUMBER, DataTypes.LongType);
    return spark
        .createDataFrame(numbered.map(one -> RowFactory.create(one._1(), one._2())), ofLines)
        .select(from_json(col(LINE), schema, Map.of("mode", "FAILFAST")).as(LINE), col(NUMBER))
        .select(LINE + ".*", NUMBER);
  }
}
