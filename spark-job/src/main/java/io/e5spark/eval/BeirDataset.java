package io.e5spark.eval;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_replace;

import io.e5spark.platform.DataFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A folder in BEIR's layout: {@code corpus.jsonl}, {@code queries.jsonl} and {@code
 * qrels/SPLIT.tsv}, each of which may be gzip-compressed. Spark reads the corpus, which is never
 * collected.
 */
public final class BeirDataset {
  /** The column that identifies a document or a query. */
  public static final String ID = BeirLines.ID;

  /** The column that is embedded. */
  static final String TEXT = "text";

  /** White space as Python's {@code str.strip} defines it. */
  private static final String SPACE = "[\\s\\x1c-\\x1f\\x85\\p{Z}]+";

  private final SparkSession spark;
  private final DataFile directory;
  private final Consumer<String> warnings;
  private final Map<String, Dataset<Row>> checked = new HashMap<>();

  /**
   * A folder.
   *
   * @param warnings receives what is odd, but does not prevent an evaluation
   * @throws IllegalArgumentException if the folder is not a BEIR data set
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

  /** The last part of its path, which usually is the name of the data set. */
  public String name() {
    return directory.name();
  }

  /** The path or URI of the folder. */
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

  /** The id, the title and the text of all documents, unchanged. */
  public Dataset<Row> documents() {
    return lines(corpusFile(), List.of("title", TEXT));
  }

  /**
   * The id and the text of all documents; the text is the title and the text, joined as E5's
   * evaluation joins them.
   */
  public Dataset<Row> titledPassages() {
    return documents().select(col(ID), titled().as(TEXT));
  }

  /** The titles and the texts of {@link #documents}, joined. */
  static Column titled() {
    Column joined = concat_ws(" ", orEmpty("title"), orEmpty(TEXT));
    return regexp_replace(regexp_replace(joined, "^" + SPACE, ""), SPACE + "$", "");
  }

  /** Only the texts. */
  static Column untitled() {
    return orEmpty(TEXT);
  }

  /** The id and the text of all documents, without titles. */
  Dataset<Row> untitledPassages() {
    return documents().select(col(ID), orEmpty(TEXT).as(TEXT));
  }

  /** The id and the text of all queries, unchanged. */
  public Dataset<Row> queries() {
    return lines(queryFile(), List.of(TEXT)).select(col(ID), orEmpty(TEXT).as(TEXT));
  }

  private static Column orEmpty(String column) {
    return coalesce(col(column), lit(""));
  }

  private Dataset<Row> lines(DataFile file, List<String> fields) {
    return checked.computeIfAbsent(
        file.location(), location -> new BeirLines(spark, file, warnings).read(fields));
  }
}
