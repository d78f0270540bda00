package io.e5spark.eval;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.e5spark.platform.DataFile;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A file of JSON objects, one in each line, with an id each; of two with one id, the last. */
final class BeirLines {
  /** Identifies an object. */
  static final String ID = "_id";

  private static final String CORRUPT = "_corrupt_record";
  private static final int SHOWN_CHARACTERS = 80;

  /** An id that trec_eval would not read as one word. */
  private static final String BLANK = "^$|[ \\t\\n\\x0b\\f\\r]";

  private final SparkSession spark;
  private final DataFile file;
  private final Consumer<String> warnings;

  BeirLines(SparkSession spark, DataFile file, Consumer<String> warnings) {
    this.spark = spark;
    this.file = file;
    this.warnings = warnings;
  }

  /**
   * The objects.
   *
   * @param schema the fields to read, with types
   * @throws IllegalArgumentException if a line is no such object, or an id cannot stand in a run
   */
  Dataset<Row> read(String schema) {
    Dataset<Row> rows =
        spark
            .read()
            .schema(schema + ", " + CORRUPT + " string")
            .option("columnNameOfCorruptRecord", CORRUPT)
            .option("lineSep", "\n")
            .json(file.location());
    Row facts = facts(rows);
    refuse(facts);
    long repeated = facts.getLong(0) - facts.getLong(1);
    if (repeated == 0) {
      return rows.drop(CORRUPT);
    }
    warnings.accept(
        String.format(
            Locale.ROOT,
            "%s: %,d objects have an _id that came before; the last holds",
            file.location(),
            repeated));
    return last(rows.drop(CORRUPT));
  }

  /** Numbers of objects and of ids; a line that is no object with an id, and an id with a blank. */
  private static Row facts(Dataset<Row> rows) {
    Column line = coalesce(col(CORRUPT), lit("an object without _id"));
    return rows.agg(
            count(lit(1)),
            count_distinct(col(ID)),
            min(when(col(ID).isNull().or(col(CORRUPT).isNotNull()), line)),
            min(when(col(ID).rlike(BLANK), col(ID))))
        .head();
  }

  private void refuse(Row facts) {
    if (!facts.isNullAt(2)) {
      String line = facts.getString(2);
      throw new IllegalArgumentException(
          "Cannot read %s: not every line is a JSON object with _id, for example %s"
              .formatted(
                  file.location(), line.substring(0, Math.min(SHOWN_CHARACTERS, line.length()))));
    }
    if (!facts.isNullAt(3)) {
      throw new IllegalArgumentException(
          "Cannot read %s: the _id \"%s\" is empty or has white space, which no run file can hold"
              .formatted(file.location(), facts.getString(3)));
    }
  }

  private static Dataset<Row> last(Dataset<Row> rows) {
    Column all = struct(Arrays.stream(rows.columns()).map(rows::col).toArray(Column[]::new));
    Column position =
        struct(col("_metadata.file_block_start"), monotonically_increasing_id().as("row"));
    return rows.select(col(ID), all.as("all"), position.as("position"))
        .groupBy(ID)
        .agg(max_by(col("all"), col("position")).as("all"))
        .select("all.*");
  }
}
