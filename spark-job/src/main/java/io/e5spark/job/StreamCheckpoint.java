package io.e5spark.job;

import io.e5spark.table.TableLocation;
import io.e5spark.table.TextSource;
import io.e5spark.table.VectorTable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * Where Spark keeps how far a stream has read. What it was read for is kept beside: rows that were
 * read never come again.
 *
 * @param output the vector table as the user called it
 * @param path the directory
 */
record StreamCheckpoint(SparkSession spark, String output, String path) {
  private static final String READ = "e5-read";

  /** Whether a stream has begun here. */
  boolean isBegun() {
    return location().has(READ);
  }

  /**
   * Checks that what was read is in the table as this stream would have it.
   *
   * @throws IllegalArgumentException if it is not
   */
  void require(VectorTable table, TextSource source) {
    Optional<List<String>> before = read();
    if (before.isEmpty()) {
      return;
    }
    if (!table.exists()) {
      throw new IllegalArgumentException(
          "Cannot stream into table %s: it does not exist, but the checkpoint %s says that part of the source is in it (delete the checkpoint to start over)"
              .formatted(output, path));
    }
    String columns = before.get().get(0);
    if (!columns.equals(columns(source))) {
      throw new IllegalArgumentException(
          "Cannot stream into table %s: what the checkpoint %s says was read had %s, this job has %s (delete the checkpoint to read all of the source again)"
              .formatted(output, path, columns, columns(source)));
    }
  }

  /** Begins, if that was not done, and gives the version of the source that the stream follows. */
  long begin(TextSource source) {
    if (!isBegun()) {
      long version = source.version() == null ? 0 : source.version();
      location().write(READ, columns(source) + "\n" + version + "\n");
    }
    return Long.parseLong(read().orElseThrow().get(1));
  }

  private Optional<List<String>> read() {
    return location().text(READ).map(text -> text.lines().toList());
  }

  private static String columns(TextSource source) {
    return "input %s, keys %s, texts %s, kept columns %s"
        .formatted(source.input(), source.idColumns(), source.textColumns(), source.keepColumns());
  }

  private TableLocation location() {
    return new TableLocation(spark, path);
  }
}
