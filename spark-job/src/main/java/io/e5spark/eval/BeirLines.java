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

import io.e5spark.platform.Count;
import io.e5spark.platform.DataFile;
import io.e5spark.source.JsonLines;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A file with one JSON object per line, each with an id. If two objects share an id, the last one
 * counts.
 */
final class BeirLines {
  /** The field that identifies an object. */
  static final String ID = "_id";

  private static final String CORRUPT = JsonLines.CORRUPT;

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
   * @param fields the fields with texts, which are read beside the id
   * @throws IllegalArgumentException if a line is not such an object, an id cannot occur in a run,
   *     or a field is a list or an object
   */
  Dataset<Row> read(List<String> fields) {
    Dataset<Row> rows = rows(fields);
    Row facts = facts(rows);
    refuse(facts);
    long repeated = facts.getLong(0) - facts.getLong(1);
    if (repeated == 0) {
      return rows.drop(CORRUPT);
    }
    warnings.accept(
        "%s repeats an earlier _id in %s; the last line of an _id counts"
            .formatted(file.location(), Count.of(repeated, "line")));
    return last(rows.drop(CORRUPT));
  }

  private Dataset<Row> rows(List<String> fields) {
    String others =
        fields.stream().map(field -> ", %s string".formatted(field)).collect(Collectors.joining());
    List<String> texts = Stream.concat(Stream.of(ID), fields.stream()).toList();
    return new JsonLines(spark, file.location()).read(ID + " string" + others, texts);
  }

  /**
   * The number of objects and of ids, a line that is not an object with an id, and an id with white
   * space.
   */
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
      throw JsonLines.refusal(file.location(), " with _id", facts.getString(2));
    }
    if (!facts.isNullAt(3)) {
      throw new IllegalArgumentException(
          "Cannot read %s: the _id \"%s\" is empty or has white space, which a run file cannot hold"
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
