package io.e5spark.source;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Files with a JSON object on each line.
 *
 * @param path a file or a directory of them
 */
public record JsonLines(SparkSession spark, String path) {
  /** The column with a line that is no JSON object; null for one that is. */
  public static final String CORRUPT = "_corrupt_record";

  private static final int SHOWN_CHARACTERS = 80;

  /** Whether Spark takes paths with brackets, braces or stars for patterns. */
  private static final String PATTERNS = "__globPaths__";

  /**
   * All rows, with the columns that are found.
   *
   * @throws IllegalArgumentException if a line is no JSON object
   */
  Dataset<Row> read() {
    Dataset<Row> rows = spark.read().json(path);
    if (rows.schema().getFieldIndex(CORRUPT).isEmpty()) {
      return spark.read().schema(rows.schema()).option("mode", "FAILFAST").json(path);
    }
    // Spark refuses a query of this column alone.
    String line =
        rows.columns().length == 1
            ? spark.read().textFile(path).head()
            : rows.where(rows.col(CORRUPT).isNotNull()).head().getAs(CORRUPT);
    throw refusal("source " + path, "", line);
  }

  /**
   * All rows of one file with these columns, and {@link #CORRUPT} for the caller to look at.
   *
   * @param schema of the columns, as DDL
   */
  public Dataset<Row> read(String schema) {
    return spark
        .read()
        .schema(schema + ", " + CORRUPT + " string")
        .option("columnNameOfCorruptRecord", CORRUPT)
        .option("lineSep", "\n")
        .option(PATTERNS, false)
        .json(path);
  }

  /**
   * Why such files are refused.
   *
   * @param file what is read, for people
   * @param having what else is asked of an object, for people; may be empty
   * @param line the first line that is not a JSON object
   */
  public static IllegalArgumentException refusal(String file, String having, String line) {
    return new IllegalArgumentException(
        "Cannot read %s: not every line is a JSON object%s, for example %s"
            .formatted(file, having, line.substring(0, Math.min(SHOWN_CHARACTERS, line.length()))));
  }
}
