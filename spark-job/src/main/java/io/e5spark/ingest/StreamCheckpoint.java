package io.e5spark.ingest;

import io.e5spark.platform.TableHistory;
import io.e5spark.platform.TableLocation;
import io.e5spark.source.FileForm;
import io.e5spark.source.TextSource;
import io.e5spark.table.VectorTable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * The directory in which Spark records how far a stream has read. This class records beside it what
 * the stream was for and which versions of tables it saw, because rows that were read never come
 * again.
 *
 * @param request what the stream should do
 * @param path the directory
 * @param feed whether it reads a change data feed
 */
record StreamCheckpoint(SparkSession spark, EmbedRequest request, String path, boolean feed) {
  private static final String READ = "e5-read";
  private static final String SOURCE = "e5-source";
  private static final String TABLE = "e5-table";

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
    if (accepted(source).noneMatch(begun::equals)) {
      throw new IllegalArgumentException(
          "Cannot stream into table %s: its checkpoint %s began with %s, and this job has %s (delete the checkpoint to read the whole source again)"
              .formatted(
                  request.output(), path, begun, asked(source, tableName(), reading(source))));
    }
    requireSameHistory(source);
    requireSameTable();
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
    if (!seen(source).isKept()) {
      throw new IllegalArgumentException(
          "Cannot stream into table %s: the source %s was restored to an earlier version since the stream read it (delete the checkpoint %s; the next start merges the whole source and embeds only what is new)"
              .formatted(request.output(), source.input(), path));
    }
  }

  /** Checks that the table still has what the stream merged into it. */
  private void requireSameTable() {
    SeenVersion written = written();
    if (!written.isKept() || written.wentBack()) {
      throw new IllegalArgumentException(
          "Cannot stream into table %s: it was restored or made again since the stream wrote to it (delete the checkpoint %s; the next start merges the whole source and embeds only what is new)"
              .formatted(request.output(), path));
    }
  }

  /**
   * Records the versions of the table and of a Delta source after a batch.
   *
   * @throws IllegalArgumentException if the table was restored to an earlier version since the
   *     batch before
   */
  void follow(TextSource source) {
    followTable();
    followSource(source);
  }

  private void followTable() {
    SeenVersion written = written();
    OptionalLong newest = written.history().newest();
    requireSameTable();
    newest.ifPresent(written::see);
  }

  private void followSource(TextSource source) {
    if (source.version() != null) {
      SeenVersion seen = seen(source);
      seen.see(seen.history().newest().orElseThrow());
    }
  }

  private SeenVersion seen(TextSource source) {
    return new SeenVersion(location(), SOURCE, new TableHistory(spark, source.input()));
  }

  private SeenVersion written() {
    return new SeenVersion(location(), TABLE, new TableHistory(spark, request.output()));
  }

  /** Begins the stream if necessary, and returns the version of the source that it follows. */
  long begin(TextSource source) {
    if (!isBegun()) {
      long version = source.version() == null ? 0 : source.version();
      location().write(READ, asked(source, tableName(), reading(source)) + "\n" + version + "\n");
      followSource(source);
    }
    followTable();
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

  /**
   * Everything that decides which rows the table has after the source has been read.
   *
   * @param table the name of the table
   * @param reading the result of {@link #reading}; empty in what older versions recorded
   */
  private String asked(TextSource source, String table, String reading) {
    return "input %s, table %s, keys %s, texts %s, kept columns %s, %schange data feed %s, delete-missing %s"
        .formatted(
            source.input(),
            table,
            source.idColumns(),
            source.textColumns(),
            source.keepColumns(),
            reading,
            feed,
            request.merge().deleteMissing());
  }

  /** How rows are made of what the source stores. */
  private String reading(TextSource source) {
    String ids = "row ids %s, ".formatted(source.rowIds());
    if (!source.isFiles(spark)) {
      return ids;
    }
    FileForm form = source.written(spark);
    return "%sformat %s, encoding %s, separator '%s', "
        .formatted(ids, form.format(), form.encoding(), form.separator());
  }

  /** What the checkpoint of a stream like this one may say, whichever version began it. */
  private Stream<String> accepted(TextSource source) {
    return Stream.of(reading(source), "")
        .flatMap(reading -> tableNames().map(name -> asked(source, name, reading)));
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
