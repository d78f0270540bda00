package io.e5spark.table;

import static io.e5spark.platform.ColumnName.column;
import static io.e5spark.platform.ColumnName.columns;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.e5spark.platform.ColumnName;
import io.e5spark.platform.ComparableType;
import io.e5spark.platform.Count;
import io.e5spark.source.TextSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/**
 * The rows of a vector table by their key and the hash of their text. They show which rows of a
 * source are new or changed, so equal rows are left alone, and a merge that runs twice changes
 * nothing.
 */
public final class KeyedVectors {
  /** The number of parts into which {@link #bucket} divides keys. */
  public static final int BUCKETS = 1 << 16;

  private static final int SHA_BITS = 256;
  private static final String OURS = "__e5_ours_";

  private final VectorTable table;
  private final List<String> keys;
  private final String hash;

  /**
   * The rows of a table, which need not exist yet.
   *
   * @param keys the columns that identify a row
   * @param vectorColumn the vector column; the column of the hash is named after it
   */
  public KeyedVectors(VectorTable table, List<String> keys, String vectorColumn) {
    this.table = table;
    this.keys = List.copyOf(keys);
    this.hash = new VectorColumns(vectorColumn).hash();
  }

  /** The columns that identify a row, as one column. */
  public Column key() {
    return struct(columns(keys));
  }

  /** The columns that identify a row. */
  public List<String> keys() {
    return keys;
  }

  /** Whether the rows of the table have hashes, so merges can continue from them. */
  public boolean areHashed() {
    return Arrays.asList(table.rows().columns()).contains(hash);
  }

  /**
   * The rows with the hash of their text and of everything else that decides their vector.
   *
   * @param rows rows with {@link TextSource#TEXT}
   */
  public Dataset<Row> hashed(Dataset<Row> rows, VectorProperties properties) {
    Column text = concat(lit(head(properties) + " text "), col(TextSource.TEXT));
    return rows.withColumn(hash, hash(coalesce(text, noText(properties))));
  }

  /** Whether the hash of a row is that of a missing text. */
  public Column isOfNull(VectorProperties properties) {
    return column(hash).eqNullSafe(hash(noText(properties)));
  }

  private static Column hash(Column text) {
    return sha2(text.cast("binary"), SHA_BITS);
  }

  private static Column noText(VectorProperties properties) {
    return lit(head(properties) + " null");
  }

  private static String head(VectorProperties properties) {
    return properties.fingerprint() + " " + properties.inputType().label();
  }

  /**
   * Checks that the merge can tell whether a row has changed.
   *
   * @throws IllegalArgumentException if a column has a type whose values cannot be compared
   */
  public void requireComparable(Dataset<Row> rows) {
    for (StructField field : rows.schema().fields()) {
      if (!ComparableType.is(field.dataType())) {
        throw new IllegalArgumentException(
            "Cannot merge column %s: it holds %s, whose values cannot be compared"
                .formatted(field.name(), field.dataType().sql()));
      }
    }
  }

  /**
   * Whether the next merge has to examine rows whose text did not change, because they had failed.
   */
  public boolean hasForgotten() {
    return !table.rows().where(column(hash).isNull()).isEmpty();
  }

  /**
   * Checks that each row has a key of its own.
   *
   * @return the number of rows
   * @throws IllegalArgumentException with a key that is missing or occurs twice
   */
  public long requireKeys(Dataset<Row> rows) {
    Column missing =
        keys.stream().map(key -> column(key).isNull()).reduce(Column::or).orElseThrow();
    Column number = col(OURS + "count");
    Column isWrong = number.gt(1).or(missing);
    Dataset<Row> groups = rows.groupBy(columns(keys)).agg(count(lit(1)).as(OURS + "count"));
    Row counts = groups.agg(coalesce(sum(number), lit(0L)), count_if(isWrong)).head();
    if (counts.getLong(1) > 0) {
      refuse(groups.where(isWrong).limit(1).collectAsList());
    }
    return counts.getLong(0);
  }

  private void refuse(List<Row> wrong) {
    if (!wrong.isEmpty()) {
      Row row = wrong.get(0);
      String key =
          keys.stream().map(name -> name + "=" + row.getAs(name)).collect(Collectors.joining(", "));
      boolean isMissing = keys.stream().anyMatch(name -> row.getAs(name) == null);
      throw new IllegalArgumentException(
          "Cannot merge by %s: the source has %s with the key %s (%s)"
              .formatted(
                  keys,
                  Count.of(row.<Long>getAs(OURS + "count"), "row"),
                  key,
                  isMissing ? "no part of a key may be null" : "each row needs a key of its own"));
    }
  }

  /** The rows whose key the table lacks, or has with another text or other kept columns. */
  public Dataset<Row> pending(Dataset<Row> hashed) {
    List<String> names = new ArrayList<>(List.of(hashed.columns()));
    names.remove(TextSource.TEXT);
    return hashed.join(renamed(names), same(hashed, names), "left_anti");
  }

  /**
   * The number of a row's part, from 0 to {@link #BUCKETS} − 1, which is always the same for the
   * same key.
   */
  public Column bucket() {
    return pmod(xxhash64(columns(keys)), lit((long) BUCKETS));
  }

  /** The distinct texts of these rows, with their hashes and the keys of one row that has them. */
  public Dataset<Row> texts(Dataset<Row> hashed) {
    List<String> names = new ArrayList<>(keys);
    names.add(hash);
    names.add(TextSource.TEXT);
    return hashed.select(columns(names)).dropDuplicates(hash);
  }

  /** Those of {@link #texts} that no row of the table has. */
  public Dataset<Row> unknown(Dataset<Row> hashed) {
    Dataset<Row> texts = texts(hashed);
    return texts.join(renamed(List.of(hash)), same(texts, List.of(hash)), "left_anti");
  }

  /** The vectors that the table has for texts of these rows. */
  public Dataset<Row> known(Dataset<Row> hashed, List<String> vectorColumns) {
    Dataset<Row> texts = hashed.select(column(hash)).distinct();
    List<String> names = new ArrayList<>(vectorColumns);
    names.add(hash);
    return table.rows().select(columns(names)).join(texts, hash).select(columns(names));
  }

  /**
   * The rows with their vectors.
   *
   * @param vectors at least one for each hash
   */
  public Dataset<Row> joined(Dataset<Row> hashed, Dataset<Row> vectors) {
    return hashed.drop(TextSource.TEXT).join(vectors.dropDuplicates(hash), hash);
  }

  /** Leaves out the hash of a row with an error, so that the next run tries again. */
  public Dataset<Row> forgetting(Dataset<Row> rows, String errorColumn) {
    return rows.withColumn(hash, when(column(errorColumn).isNull(), column(hash)));
  }

  /**
   * The keys of rows that the table has for these documents, and that do not belong to their rows.
   *
   * @param documents the documents by their keys
   * @param rows all rows of these documents
   */
  public Dataset<Row> surplus(
      Dataset<Row> documents, List<String> documentKeys, Dataset<Row> rows) {
    Dataset<Row> named = documents.select(columns(documentKeys));
    Dataset<Row> wanted = rows.select(columns(keys));
    Column[] back = keys.stream().map(key -> column(OURS + key).as(key)).toArray(Column[]::new);
    return renamed(keys)
        .join(named, same(named, documentKeys), "left_semi")
        .join(wanted, same(wanted, keys), "left_anti")
        .select(back);
  }

  /**
   * The number of rows whose keys the source lacks. The session of the source counts them, because
   * it may be the stricter one about missing files.
   */
  public long missing(Dataset<Row> source) {
    Dataset<Row> present = source.select(columns(keys));
    return renamed(table.rows(source.sparkSession()), keys)
        .join(present, same(present, keys), "left_anti")
        .count();
  }

  /**
   * Checks that the table may lose its rows with these keys, if it has any.
   *
   * @throws IllegalArgumentException if it is append-only
   */
  public void requireMutable(Dataset<Row> keyed) {
    long changed = table.isAppendOnly() ? present(keyed) : 0;
    if (changed > 0) {
      throw new IllegalArgumentException(
          "Cannot merge into table %s: the merge would change %s, and the table is append-only (%s is true)"
              .formatted(table.name(), Count.of(changed, "row"), TableRules.APPEND_ONLY));
    }
  }

  /** The number of rows with one of these keys. */
  long present(Dataset<Row> keyed) {
    return renamed(keys).join(keyed, same(keyed, keys), "left_semi").count();
  }

  /** The columns of the table with these names, under other names. */
  private Dataset<Row> renamed(List<String> names) {
    return renamed(table.rows(), names);
  }

  private static Dataset<Row> renamed(Dataset<Row> rows, List<String> names) {
    Column[] columns =
        names.stream().map(name -> column(name).as(OURS + name)).toArray(Column[]::new);
    return rows.select(columns);
  }

  private static Column same(Dataset<Row> rows, List<String> names) {
    return names.stream()
        .map(
            name ->
                rows.col(ColumnName.quoted(name)).eqNullSafe(col(ColumnName.quoted(OURS + name))))
        .reduce(Column::and)
        .orElseThrow();
  }
}
