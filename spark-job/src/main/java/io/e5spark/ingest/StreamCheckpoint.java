package io.e5spark.ingest;

import io.e5spark.platform.TableLocation;
import io.e5spark.source.SourceHistory;
import io.e5spark.source.TextSource;
import io.e5spark.table.VectorTable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * The directory in which Spark records how far a stream has read. This class records beside it what
 * the stream was for, because rows that were read never come again.
 *
 * @param request what the stream should do
 * @param path the directory
 * @param feed whether it reads a change data feed
 */
record StreamCheckpoint(SparkSession spark, EmbedRequest request, String path, boolean feed) {
  private static final String READ = "e5-read";
  private static final String SOURCE = "e5-source";

  /** Whether a stream has begun here. */
  boolean isBegun() {
    return read().isPresent();
  }

  /**
   * Checks that the table has what was read, in the form that this stream would give it.
   *
   * @throws IllegalArgumentException if it does not
   */
  void require(VectorTable table, TextSource source) {
    Optional<List<String>> before = read();
    if (before.isEmpty()) {
      requireFree();
      return;
    }
    if (!table.exists()) {
      throw new IllegalArgumentException(
          "Cannot stream into table %s: it does not exist, but the checkpoint %s says that part of the source is in it (delete the checkpoint to start over)"
              .formatted(request.output(), path));
    }
    String begun = before.get().get(0);
    if (tableNames().noneMatch(name -> begun.equals(asked(source, name)))) {
      throw new IllegalArgumentException(
          "Cannot stream into table %s: its checkpoint %s began with %s, and this job has %s (delete the checkpoint to read the whole source again)"
              .formatted(request.output(), path, begun, asked(source, tableName())));
    }
    requireSameHistory(source);
  }

  /** Spark would mistake the checkpoint of another query for this one. */
  private void requireFree() {
    Optional<String> table = location().enclosingTable().map(Object::toString);
    if (table.isPresent() || !location().holdsOnly(READ)) {
      throw new IllegalArgumentException(
          "Cannot keep a checkpoint in %s: it %s (name another --checkpoint)"
              .formatted(
                  path,
                  table.map("lies inside the Delta table "::concat).orElse("holds other files")));
    }
  }

  /**
   * Checks that the source still has the versions that it had when it was read.
   *
   * @throws IllegalArgumentException if it was restored to an earlier version in between
   */
  void requireSameHistory(TextSource source) {
    // An incomplete file is from a stream that was killed while it wrote the file.
    List<String> known =
        location()
            .text(SOURCE)
            .filter(text -> text.endsWith("\n"))
            .map(text -> text.lines().toList())
            .orElse(List.of());
    if (known.size() == 2 && !isKnown(source, Long.parseLong(known.get(0)), known.get(1))) {
      throw new IllegalArgumentException(
          "Cannot stream into table %s: the source %s was restored to an earlier version since the stream read it (delete the checkpoint %s; the next start merges the whole source and embeds only what is new)"
              .formatted(request.output(), source.input(), path));
    }
  }

  /** A commit whose file was cleaned up proves nothing. */
  private boolean isKnown(TextSource source, long version, String commit) {
    SourceHistory history = new SourceHistory(spark, source.input());
    return version <= history.newest().orElse(-1)
        && history.commit(version).map(commit::equals).orElse(true);
  }

  /** Records the version of a Delta source after its rows have been read. */
  void follow(TextSource source) {
    if (source.version() != null) {
      SourceHistory history = new SourceHistory(spark, source.input());
      long newest = history.newest().orElseThrow();
      history
          .commit(newest)
          .ifPresent(commit -> location().write(SOURCE, newest + "\n" + commit + "\n"));
    }
  }

  /** Begins the stream if necessary, and returns the version of the source that it follows. */
  long begin(TextSource source) {
    if (!isBegun()) {
      long version = source.version() == null ? 0 : source.version();
      location().write(READ, asked(source, tableName()) + "\n" + version + "\n");
      follow(source);
    }
    return Long.parseLong(read().orElseThrow().get(1));
  }

  private Optional<List<String>> read() {
    // An incomplete file is from a start that was killed before it read anything.
    return location()
        .text(READ)
        .filter(text -> text.endsWith("\n"))
        .map(text -> text.lines().toList())
        .filter(lines -> lines.size() == 2);
  }

  /** Everything that decides which rows the table has after the source has been read. */
  private String asked(TextSource source, String table) {
    return "input %s, table %s, keys %s, texts %s, kept columns %s, change data feed %s, delete-missing %s"
        .formatted(
            source.input(),
            table,
            source.idColumns(),
            source.textColumns(),
            source.keepColumns(),
            feed,
            request.merge().deleteMissing());
  }

  /** The same name for every way to write a path. */
  private String tableName() {
    return new TableLocation(spark, request.output()).beside("").orElse(request.output());
  }

  /** This name, and the names that older versions recorded, as the user wrote them. */
  private Stream<String> tableNames() {
    String plain = request.output().replaceFirst("^\\./", "");
    return Stream.of(tableName(), plain, "./" + plain);
  }

  private TableLocation location() {
    return new TableLocation(spark, path);
  }
}
