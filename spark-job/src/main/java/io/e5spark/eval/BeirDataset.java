package io.e5spark.eval;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.e5spark.platform.DataFile;
import io.e5spark.source.JsonLines;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A folder in BEIR's layout: {@code corpus.jsonl}, {@code queries.jsonl} and {@code
 * qrels/SPLIT.tsv}, each of which may be gzip-compressed. Spark reads the corpus; it is never
 * collected.
 */
public final class BeirDataset {
  /** Identifies a document or query. */
  public static final String ID = "_id";

  /** What is embedded. */
  static final String TEXT = "text";

  private static final String CORRUPT = JsonLines.CORRUPT;

  /** White space as Python's {@code str.strip} has it. */
  private static final String SPACE = "[\\s\\x1c-\\x1f\\x85\\p{Z}]+";

  /** An id that trec_eval would not read as one word. */
  private static final String BLANK = "^$|[ \\t\\n\\x0b\\f\\r]";

  private final SparkSession spark;
  private final DataFile directory;
  private final Consumer<String> warnings;
  private final Map<String, Dataset<Row>> checked = new HashMap<>();

  /**
   * A folder.
   *
   * @param warnings hears of what is odd, but can be evaluated
   * @throws IllegalArgumentException if it is none
   */
  public BeirDataset(SparkSession spark, DataFile directory, Consumer<String> warnings) {
    this.spark = spark;
    this.directory = directory;
    this.warnings = warnings;
    if (!isOne(directory)) {
      throw new IllegalArgumentException(
          "Cannot read %s as a BEIR folder: it has no corpus.jsonl"
              .formatted(directory.location()));
    }
  }

  /** Whether a directory has a corpus. */
  public static boolean isOne(DataFile directory) {
    return directory.in("corpus.jsonl").exists() || directory.in("corpus.jsonl.gz").exists();
  }

  /** The last part of its path, which is the dataset's usual name. */
  public String name() {
    return directory.name();
  }

  /** Its path or URI. */
  String location() {
    return directory.location();
  }

  /** The judgements of a split. */
  Qrels qrels(String split) {
    return Qrels.read(qrelsFile(split));
  }

  DataFile qrelsFile(String split) {
    return file("qrels/" + split + ".tsv");
  }

  DataFile corpusFile() {
    return file("corpus.jsonl");
  }

  DataFile queryFile() {
    return file("queries.jsonl");
  }

  private DataFile file(String name) {
    DataFile plain = directory.in(name);
    DataFile compressed = directory.in(name + ".gz");
    if (!plain.exists() && !compressed.exists()) {
      throw new IllegalArgumentException(
          "Cannot read %s as a BEIR folder: it has no %s".formatted(directory.location(), name));
    }
    return plain.exists() ? plain : compressed;
  }

  /** Id, title and text of all documents, as they are. */
  Dataset<Row> documents() {
    return lines(corpusFile(), "_id string, title string, text string");
  }

  /** Id and text of all documents, title and text joined as E5's evaluation joins them. */
  public Dataset<Row> titledPassages() {
    Column joined = concat_ws(" ", orEmpty("title"), orEmpty(TEXT));
    Column stripped = regexp_replace(regexp_replace(joined, "^" + SPACE, ""), SPACE + "$", "");
    return documents().select(col(ID), stripped.as(TEXT));
  }

  /** Id and text of all documents without their titles. */
  Dataset<Row> untitledPassages() {
    return documents().select(col(ID), orEmpty(TEXT).as(TEXT));
  }

  /** Id and text of all queries, as they are. */
  public Dataset<Row> queries() {
    return lines(queryFile(), "_id string, text string").select(col(ID), orEmpty(TEXT).as(TEXT));
  }

  private static Column orEmpty(String column) {
    return coalesce(col(column), lit(""));
  }

  private Dataset<Row> lines(DataFile file, String schema) {
    return checked.computeIfAbsent(file.location(), location -> check(file, schema));
  }

  /** The objects of a file; of two with one id, the last. */
  private Dataset<Row> check(DataFile file, String schema) {
    Dataset<Row> rows = new JsonLines(spark, file.location()).read(schema);
    Row facts =
        rows.agg(
                count(lit(1)),
                count_distinct(col(ID)),
                min(
                    when(
                        col(ID).isNull().or(col(CORRUPT).isNotNull()),
                        coalesce(col(CORRUPT), lit("an object without _id")))),
                min(when(col(ID).rlike(BLANK), col(ID))))
            .head();
    if (!facts.isNullAt(2)) {
      throw JsonLines.refusal(file.location(), " with _id", facts.getString(2));
    }
    if (!facts.isNullAt(3)) {
      throw new IllegalArgumentException(
          "Cannot read %s: the _id \"%s\" is empty or has white space, which no run file can hold"
              .formatted(file.location(), facts.getString(3)));
    }
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
