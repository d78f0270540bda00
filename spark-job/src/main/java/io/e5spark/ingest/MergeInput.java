package io.e5spark.ingest;

import io.e5spark.platform.ColumnName;
import io.e5spark.source.ChangeFeed;
import io.e5spark.source.TextSource;
import io.e5spark.table.VectorTable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * What a merge examines.
 *
 * @param texts rows with {@link TextSource#TEXT}
 * @param gone rows whose keys the source no longer has; if they are not known, {@code texts} has
 *     all its rows
 */
record MergeInput(Dataset<Row> texts, Optional<Dataset<Row>> gone) {
  /** All rows of a source. */
  static MergeInput all(Dataset<Row> texts) {
    return new MergeInput(texts, Optional.empty());
  }

  /**
   * This input, corrected by all rows of the source, because another row may have the key that one
   * row has lost.
   *
   * @param all rows with {@link TextSource#TEXT}
   * @param keys the columns that identify a row
   */
  MergeInput within(Dataset<Row> all, List<String> keys) {
    if (gone.orElseThrow().isEmpty()) {
      // Spark plans no join with rows that it knows to be none.
      return new MergeInput(texts, gone.map(rows -> rows.limit(0)));
    }
    String[] names = keys.toArray(String[]::new);
    Dataset<Row> lost = gone.orElseThrow().select(ColumnName.columns(keys));
    Dataset<Row> kept = all.join(lost, names, "left_semi");
    Dataset<Row> absent = lost.join(all.select(ColumnName.columns(keys)), names, "left_anti");
    return new MergeInput(texts.unionByName(kept), Optional.of(absent));
  }

  /**
   * Checks that a source that lost rows still has some.
   *
   * @param all its rows
   * @param table the table that would otherwise lose all of its own
   * @throws IllegalArgumentException if it has none
   */
  void requireRows(Dataset<Row> all, VectorTable table) {
    if (!gone.orElseThrow().isEmpty() && all.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot delete missing rows of table %s: the source has no rows, so the table would lose all of its own (delete them in SQL if that is intended)"
              .formatted(table.name()));
    }
  }

  /** The input that the change data feed of a source gives. */
  static MergeInput of(ChangeFeed feed, TextSource source) {
    Dataset<Row> gone = feed.gone().select(ColumnName.columns(source.idColumns()));
    return new MergeInput(source.select(feed.present()), Optional.of(gone));
  }

  /** Keeps the rows once they are read, because a merge reads them several times. */
  void keep() {
    texts.persist(StorageLevel.MEMORY_AND_DISK());
    gone.ifPresent(rows -> rows.persist(StorageLevel.MEMORY_AND_DISK()));
  }

  /** Releases the kept rows. */
  void release() {
    texts.unpersist();
    gone.ifPresent(Dataset::unpersist);
  }
}
