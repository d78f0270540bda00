package io.e5spark.platform;

import static org.apache.spark.sql.functions.col;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;

/**
 * The versions of a Delta table. A table that was restored from a copy and written to again has
 * other commits under the same numbers.
 *
 * @param table the path or the catalog name of the table
 */
public record TableHistory(SparkSession spark, String table) {
  /** The newest version; empty if this is not a Delta table. */
  public OptionalLong newest() {
    return location().deltaVersion();
  }

  /** Distinguishes the commit of a version from any other; empty if its file is gone. */
  public Optional<String> commit(long version) {
    return location()
        .place()
        .map(place -> new TableLocation(spark, place.path().toString()))
        .flatMap(root -> root.text(String.format(Locale.ROOT, "_delta_log/%020d.json", version)))
        .map(text -> UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString());
  }

  /**
   * Whether a commit after this version restored an earlier one or cloned another table, as far as
   * the files of these commits still exist.
   */
  public boolean wentBackAfter(long version) {
    long later = newest().orElseThrow() - version;
    if (later <= 0) {
      return false;
    }
    Column goesBack = col("version").gt(version).and(col("operation").isin("RESTORE", "CLONE"));
    int commits = (int) Math.min(later, Integer.MAX_VALUE);
    return !location().delta().history(commits).where(goesBack).isEmpty();
  }

  private TableLocation location() {
    return new TableLocation(spark, table);
  }
}
