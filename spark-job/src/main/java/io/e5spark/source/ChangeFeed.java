package io.e5spark.source;

import static io.e5spark.platform.ColumnName.columns;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.rank;

import java.io.FileNotFoundException;
import java.util.List;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * What Delta's change data feed says about rows with keys: the last change of each key.
 *
 * @param present rows as they are after their last change
 * @param gone rows that their last change deleted
 */
public record ChangeFeed(Dataset<Row> present, Dataset<Row> gone) {
  /** Makes a read return the feed instead of the rows. */
  static final String OPTION = "readChangeFeed";

  private static final Column TYPE = col("_change_type");
  private static final Column VERSION = col("_commit_version");

  /** The names that Spark and Delta give to such errors. */
  private static final List<String> UNREADABLE =
      List.of("DELTA_", "FAILED_READ_FILE.FILE_NOT_EXIST", "FAILED_READ_FILE.DBR_FILE_NOT_EXIST");

  private static final String RANK = "__e5_rank";

  /**
   * The changes in rows of the feed.
   *
   * @param keys the columns that identify a row
   */
  public static ChangeFeed of(Dataset<Row> changes, List<String> keys) {
    // An update may have changed the key; then the old row is gone.
    Column deleted = TYPE.isin("delete", "update_preimage");
    // An overwritten row is deleted and inserted in one version.
    WindowSpec lastFirst = Window.partitionBy(columns(keys)).orderBy(VERSION.desc(), deleted.asc());
    Dataset<Row> last =
        changes.withColumn(RANK, rank().over(lastFirst)).where(col(RANK).equalTo(1));
    return new ChangeFeed(
        last.where(org.apache.spark.sql.functions.not(deleted)),
        last.where(deleted).dropDuplicates(names(keys)));
  }

  /**
   * Whether reading a feed failed because it is not available: it was off for a while, its files or
   * commits are gone, or the columns changed. A cancelled query says nothing about the feed.
   */
  public static boolean isMissing(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof FileNotFoundException || e instanceof AnalysisException || isOfFeed(e)) {
        return true;
      }
    }
    return false;
  }

  @SuppressWarnings("deprecation") // Spark 3 has no other name for it.
  private static boolean isOfFeed(Throwable failure) {
    String error = failure instanceof SparkThrowable named ? named.getErrorClass() : null;
    return error != null && UNREADABLE.stream().anyMatch(error::startsWith);
  }

  /** The changes after a version of the source. */
  public static Dataset<Row> after(Dataset<Row> changes, long version) {
    return changes.where(VERSION.gt(version));
  }

  private static String[] names(List<String> keys) {
    return keys.toArray(String[]::new);
  }
}
