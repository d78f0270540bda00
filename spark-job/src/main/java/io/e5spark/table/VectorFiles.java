package io.e5spark.table;

import io.e5spark.lists.StatedIndex;
import io.e5spark.model.StatedVectors;
import io.e5spark.platform.SessionCopy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * The form of a vector table's files: Zstandard, no dictionary of values that hardly ever repeat,
 * no statistics of packed vectors, and no file that is much larger than 256 MiB. The session's own
 * settings take precedence and stay unchanged.
 */
record VectorFiles(SparkSession spark, VectorProperties properties) {
  /** The prefix of Parquet's settings for one column. */
  private static final String DICTIONARY = "parquet.enable.dictionary#";

  private static final String STATISTICS = "parquet.column.statistics.enabled#";
  private static final String OFF = "false";

  private static final String ROW_GROUP = "parquet.block.size";
  private static final long ROW_GROUP_BYTES = 1L << 20;
  private static final String CODEC = "spark.sql.parquet.compression.codec";
  private static final String ROWS = "spark.sql.files.maxRecordsPerFile";
  private static final String ZSTANDARD = "zstd";
  private static final long BYTES = 256L << 20;
  private static final int OTHER_BYTES_PER_ROW = 100;

  /** The options of a write. */
  Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    unlessSet(options, CODEC, "compression", ZSTANDARD);
    unlessSet(options, ROWS, "maxRecordsPerFile", Long.toString(rows()));
    return options;
  }

  /** The properties of the table, which Delta passes to Parquet with each write. */
  Map<String, String> tableProperties() {
    Map<String, String> table = new LinkedHashMap<>();
    switchedOff(properties).forEach(key -> unlessSet(table, key, key, OFF));
    return table;
  }

  private static List<String> switchedOff(VectorProperties properties) {
    VectorType type = properties.vectorType();
    String column = properties.vectorColumn();
    List<String> keys = new ArrayList<>();
    type.unrepeatedValues(column).map(DICTIONARY::concat).ifPresent(keys::add);
    type.form().map(form -> STATISTICS + column).ifPresent(keys::add);
    return keys;
  }

  /**
   * The properties of a table with an index. The smallest unit of Parquet that a search can skip is
   * a row group, so a row group should hold about one list.
   */
  static Map<String, String> indexProperties() {
    return Map.of(ROW_GROUP, Long.toString(ROW_GROUP_BYTES));
  }

  /**
   * The properties that the owner of a table has set: all but {@code e5.*}, and the form of the
   * files that goes with what these say.
   */
  static Map<String, String> ofOwner(Map<String, String> table) {
    Map<String, String> owner = new LinkedHashMap<>(table);
    owner.keySet().removeIf(key -> key.startsWith(StatedVectors.PREFIX));
    VectorProperties.of(table)
        .map(VectorFiles::switchedOff)
        .ifPresent(keys -> keys.forEach(key -> owner.remove(key, OFF)));
    if (StatedIndex.of(table).isPresent()) {
      indexProperties().forEach((key, value) -> owner.remove(key, value));
    }
    return owner;
  }

  /**
   * A session like this one for commits that take no options; only this session has the settings.
   */
  SparkSession session() {
    return session(Map.of());
  }

  /**
   * A session like this one for commits that take no options.
   *
   * @param firm further settings, which take precedence over the session's own
   */
  SparkSession session(Map<String, String> firm) {
    Map<String, String> wanted = new LinkedHashMap<>();
    wanted.put(CODEC, ZSTANDARD);
    wanted.put(ROWS, Long.toString(rows()));
    wanted.putAll(tableProperties());
    return SessionCopy.of(spark, wanted, firm);
  }

  private void unlessSet(Map<String, String> map, String setting, String key, String value) {
    if (!spark.conf().getAll().contains(setting)) {
      map.put(key, value);
    }
  }

  private long rows() {
    double bytes = properties.vectorType().bytes() * properties.dimension() + OTHER_BYTES_PER_ROW;
    return Math.round(BYTES / bytes);
  }
}
