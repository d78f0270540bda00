package io.e5spark.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import io.delta.tables.DeltaMergeBuilder;
import io.delta.tables.DeltaTable;
import io.e5spark.chunked.DocumentChunks;
import io.e5spark.platform.ColumnName;
import io.e5spark.platform.Count;
import io.e5spark.platform.VersionedCall;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Commits to a vector table by the keys of its rows. If another job commits in between, the commit
 * is tried again, because doing it twice changes nothing.
 */
public final class KeyedMerge {
  private final VectorTable table;
  private final KeyedVectors keyed;
  private final VectorProperties properties;
  private final Runnable beforeCommit;

  /**
   * Commits to a table.
   *
   * @param properties what the table says about its vectors, and must still say at each commit
   * @param beforeCommit runs before each commit
   */
  public KeyedMerge(
      VectorTable table, KeyedVectors keyed, VectorProperties properties, Runnable beforeCommit) {
    this.table = table;
    this.keyed = keyed;
    this.properties = properties;
    this.beforeCommit = beforeCommit;
  }

  /**
   * Replaces the rows that have the same keys by these rows, in one commit.
   *
   * @throws IllegalArgumentException if another job has given the table another model meanwhile
   * @throws IllegalStateException if commits of other jobs keep coming in between
   */
  public void put(Dataset<Row> rows) {
    again(
        delta ->
            delta
                .merge(table.lists().listed(rows, properties).as("rows"), sameKeys())
                .whenMatched()
                .updateAll()
                .whenNotMatched()
                .insertAll());
  }

  /**
   * Replaces the chunks that have the same keys by these chunks, and deletes others, in one commit.
   *
   * @param gone the keys of chunks that their documents no longer have
   */
  public void replace(Dataset<Row> chunks, Dataset<Row> gone) {
    // Every chunk has a start.
    Column isGone = col("rows." + ColumnName.quoted(DocumentChunks.START)).isNull();
    again(
        delta ->
            delta
                .merge(
                    table.lists().listed(chunks, properties).unionByName(gone, true).as("rows"),
                    sameKeys())
                .whenMatched(isGone)
                .delete()
                .whenMatched()
                .updateAll()
                .whenNotMatched(not(isGone))
                .insertAll());
  }

  /**
   * Deletes the rows whose keys the source lacks, in one commit; does nothing if there are none.
   *
   * @param source all its rows
   * @return the number of deleted rows
   * @throws IllegalArgumentException if the source has no rows at all
   */
  public long deleteMissing(Dataset<Row> source) {
    long missing = missing(source);
    if (missing > 0) {
      Dataset<Row> present = source.select(ColumnName.columns(keyed.keys()));
      again(delta -> delta.merge(present.as("rows"), sameKeys()).whenNotMatchedBySource().delete());
    }
    return missing;
  }

  /**
   * The number of rows whose keys the source lacks, and which may be deleted.
   *
   * @param source all its rows
   * @throws IllegalArgumentException if there are some, and the source has no rows at all or the
   *     table is append-only
   */
  public long missing(Dataset<Row> source) {
    long missing = keyed.missing(source);
    if (missing > 0) {
      requireRows(source, missing);
      requireDeletable(missing);
    }
    return missing;
  }

  /**
   * The number of rows with these keys, which may be deleted.
   *
   * @throws IllegalArgumentException if there are some, and the table is append-only
   */
  public long present(Dataset<Row> gone) {
    long present = keyed.present(gone.select(ColumnName.columns(keyed.keys())));
    requireDeletable(present);
    return present;
  }

  /**
   * Deletes the rows with these keys, in one commit; does nothing if there are none.
   *
   * @return the number of deleted rows
   */
  public long delete(Dataset<Row> gone) {
    Dataset<Row> named = gone.select(ColumnName.columns(keyed.keys()));
    long present = present(gone);
    if (present > 0) {
      again(delta -> delta.merge(named.as("rows"), sameKeys()).whenMatched().delete());
    }
    return present;
  }

  private void requireRows(Dataset<Row> source, long missing) {
    if (source.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot delete missing rows of table %s: the source has no rows, so the table would lose %s (delete them in SQL if that is intended)"
              .formatted(table.name(), Count.of(missing, "row")));
    }
  }

  /**
   * Checks that the table may lose rows.
   *
   * @throws IllegalArgumentException if it is append-only
   */
  public void requireDeletable(long rows) {
    if (rows > 0 && table.isAppendOnly()) {
      throw new IllegalArgumentException(
          "Cannot delete %s of table %s: the table is append-only (%s is true)"
              .formatted(Count.of(rows, "missing row"), table.name(), TableRules.APPEND_ONLY));
    }
  }

  private void again(Function<DeltaTable, DeltaMergeBuilder> merge) {
    RepeatedCommit.run(
        "merge into table " + table.name(),
        () -> {
          requireStill();
          beforeCommit.run();
          DeltaMergeBuilder commit = merge.apply(table.deltaFor(properties).as("table"));
          VersionedCall.call(commit, DeltaMergeBuilder.class, "execute");
        });
  }

  /** The table may have been migrated or overwritten since the job began. */
  private void requireStill() {
    table.properties().requireSame(properties, table.name());
    if (!keyed.areHashed()) {
      throw new IllegalArgumentException(
          "Cannot merge into table %s: another job replaced it with a table without hashes of its texts"
              .formatted(table.name()));
    }
  }

  private Column sameKeys() {
    List<String> names = keyed.keys().stream().map(ColumnName::quoted).toList();
    return names.stream()
        .map(name -> col("table." + name).equalTo(col("rows." + name)))
        .reduce(Column::and)
        .orElseThrow();
  }
}
