package io.e5spark.source;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Files with a JSON object on each line.
 *
 * @param path a file, or a directory of files
 */
public record JsonLines(SparkSession spark, String path) {
  /** The column with a line that is not a JSON object; null for a line that is. */
  public static final String CORRUPT = "_corrupt_record";

  private static final int SHOWN_CHARACTERS = 80;

  private static final FileForm FORM = FileForm.of(SourceFormat.JSON);

  /**
   * The columns that occur.
   *
   * @param options the options of Spark's reader
   * @throws IllegalArgumentException if a line is not a JSON object
   */
  StructType schema(Map<String, String> options) {
    Dataset<Row> rows = spark.read().options(options).json(path);
    if (rows.schema().getFieldIndex(CORRUPT).isEmpty()) {
      return rows.schema();
    }
    // Spark rejects a query of only this column.
    String line =
        rows.columns().length == 1
            ? spark.read().options(options).textFile(path).head()
            : rows.where(rows.col(CORRUPT).isNotNull()).head().getAs(CORRUPT);
    throw refusal("source " + path, "", line);
  }

  /**
   * The unchanged lines, in their order.
   *
   * @throws IllegalArgumentException if a line is not UTF-8, or is not one object
   */
  public Dataset<String> lines() {
    new FileCheck(spark, FORM, Set.of(), Set.of()).require(List.of(path));
    return spark.read().options(ReadOptions.of(FileForm.of(SourceFormat.LINES))).textFile(path);
  }

  /**
   * All rows of one file with these columns, and {@link #CORRUPT}, which the caller must examine.
   *
   * @param schema the columns, as DDL
   * @param texts the columns that hold texts or identify them
   * @throws IllegalArgumentException if a line is not UTF-8, or holds more than one object, or a
   *     list or an object instead of a text
   */
  public Dataset<Row> read(String schema, List<String> texts) {
    new FileCheck(spark, FORM, Set.copyOf(texts), Set.of()).require(List.of(path));
    return spark
        .read()
        .schema(schema + ", " + CORRUPT + " string")
        .option("columnNameOfCorruptRecord", CORRUPT)
        .option("lineSep", "\n")
        .options(ReadOptions.of(FORM))
        .json(path);
  }

  /**
   * The exception for such files.
   *
   * @param file what is read, as messages call it
   * @param having what an object must also have, as messages call it; may be empty
   * @param line the first line that is not a JSON object
   */
  public static IllegalArgumentException refusal(String file, String having, String line) {
    return new IllegalArgumentException(
        "Cannot read %s: not every line is a JSON object%s, for example %s"
            .formatted(file, having, line.substring(0, Math.min(SHOWN_CHARACTERS, line.length()))));
  }
}
