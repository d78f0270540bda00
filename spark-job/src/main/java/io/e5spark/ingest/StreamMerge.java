package io.e5spark.ingest;

import io.e5spark.platform.Count;
import io.e5spark.platform.TableLocation;
import io.e5spark.platform.VersionedCall;
import io.e5spark.source.ChangeFeed;
import io.e5spark.source.StreamTrouble;
import io.e5spark.source.TextSource;
import io.e5spark.table.VectorTable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.storage.StorageLevel;

/**
 * Merges a source as it grows, batch by batch. A batch that was interrupted is merged again, which
 * changes nothing where it was already done.
 */
final class StreamMerge {
  private static final long TELLING_NANOSECONDS = TimeUnit.HOURS.toNanos(1);

  private final IngestContext context;
  private final SparkSession spark;
  private final EmbedRequest request;
  private final StreamOptions options;
  private final VectorTable table;
  private final TextSource source;
  private final Consumer<EmbedReport.Merge> soFar;
  private final boolean feed;
  private EmbedReport.Merge total = EmbedReport.Merge.NOTHING;
  private boolean renewed;
  private long mergedVersion;
  private int warned;
  private long told = System.nanoTime() - TELLING_NANOSECONDS;

  /**
   * A stream that does not run yet.
   *
   * @param soFar receives, at intervals, what was merged so far
   * @throws IllegalArgumentException if rows should be deleted that this source does not report, or
   *     there is no place for the checkpoint
   */
  StreamMerge(IngestContext context, StreamOptions options, Consumer<EmbedReport.Merge> soFar) {
    this.context = context;
    this.spark = context.spark();
    this.request = context.request();
    this.options = options;
    this.table = context.table();
    this.source = context.source();
    this.soFar = soFar;
    this.feed = source.hasChangeFeed(spark);
    if (request.merge().deleteMissing() && !feed) {
      throw new IllegalArgumentException(
          "Invalid option: --delete-missing with --stream (the source %s has no change data feed, so a stream cannot see deleted rows)"
              .formatted(source.input()));
    }
  }

  /**
   * Runs until nothing is left or the query is stopped.
   *
   * @throws IllegalStateException if this thread is interrupted, once the query has stopped
   */
  EmbedReport.Merge run(Dataset<Row> texts) {
    StreamCheckpoint checkpoint = new StreamCheckpoint(spark, request, path(), feed);
    checkpoint.require(table, source);
    if (feed && !checkpoint.isBegun()) {
      // No feed reports the older rows of the table that may have to be deleted.
      add(new MergeJob(context).run(MergeInput.all(texts), pending -> renew()));
    } else {
      new MergeJob(context).create(texts);
    }
    mergedVersion = checkpoint.begin(source);
    warnOfFilesWrittenAnew(checkpoint);
    follow(checkpoint);
    return total;
  }

  private void follow(StreamCheckpoint checkpoint) {
    try {
      new AwaitedQuery(start(checkpoint)).await();
    } catch (Exception e) {
      // Scala throws checked exceptions that no signature names.
      Optional<StreamTrouble> trouble = StreamTrouble.of(e, source.input());
      if (trouble.isPresent()) {
        throw trouble.get().failure(source.input(), checkpoint.path(), e);
      }
      throw e;
    }
  }

  private void warnOfFilesWrittenAnew(StreamCheckpoint checkpoint) {
    if (!source.isFiles(spark)) {
      return;
    }
    List<String> files =
        new ReadFiles(checkpoint.path(), spark.sessionState().newHadoopConf())
            .writtenAnew(source.input());
    if (files.size() > warned) {
      warned = files.size();
      context
          .err()
          .printf(
              Locale.ROOT,
              "Warning: this stream has read %s that changed since, for example %s, and does not read a file twice (merge without --stream, or give new content a new file name)%n",
              Count.of(warned, "file"),
              files.get(0));
    }
  }

  private StreamingQuery start(StreamCheckpoint checkpoint) {
    VoidFunction2<Dataset<Row>, Long> batch =
        (rows, number) -> {
          checkpoint.requireSameHistory(source);
          merge(checkpoint, rows, number);
          checkpoint.follow(source);
        };
    DataStreamWriter<Row> writer =
        source.stream(spark, options.files(), mergedVersion)
            .writeStream()
            .queryName("e5-spark " + request.output())
            .trigger(trigger())
            .foreachBatch(batch);
    String path = checkpoint.path();
    VersionedCall.call(writer, DataStreamWriter.class, "option", "checkpointLocation", path);
    try {
      return writer.start();
    } catch (TimeoutException e) {
      throw new IllegalStateException("Cannot start the stream: " + e.getMessage(), e);
    }
  }

  private Trigger trigger() {
    return options.untilDone()
        ? Trigger.AvailableNow()
        : Trigger.ProcessingTime(options.seconds(), TimeUnit.SECONDS);
  }

  private String path() {
    if (options.checkpoint() != null) {
      return options.checkpoint();
    }
    return new TableLocation(spark, request.output())
        .beside("_checkpoint")
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot stream into table %s: name a directory for the checkpoint with --checkpoint"
                        .formatted(request.output())));
  }

  /**
   * Records the source in the table with the first batch only, because each such commit disturbs
   * the streams of other sources into this table.
   */
  private void renew() {
    if (!renewed) {
      context.renew();
      renewed = true;
    }
  }

  private void add(EmbedReport.Merge merged) {
    total = total.plus(merged);
    boolean isDue = total.slices() > 0 && System.nanoTime() - told > TELLING_NANOSECONDS;
    if (!options.untilDone() && isDue) {
      told = System.nanoTime();
      soFar.accept(total);
    }
  }

  /** Rows that the feed reports as gone are looked for in the current source. */
  private MergeInput changes(Dataset<Row> batch) {
    MergeInput changes = MergeInput.of(ChangeFeed.of(batch, source.idColumns()), source);
    if (changes.gone().orElseThrow().isEmpty()) {
      return changes;
    }
    Dataset<Row> now = source.newest().read(spark);
    if (request.merge().deleteMissing()) {
      changes.requireRows(now, table);
    }
    return changes.within(now, source.idColumns());
  }

  private void merge(StreamCheckpoint checkpoint, Dataset<Row> rows, long batch) {
    warnOfFilesWrittenAnew(checkpoint);
    Dataset<Row> kept =
        (feed ? ChangeFeed.after(rows, mergedVersion) : rows)
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      MergeInput changes = feed ? changes(kept) : MergeInput.all(source.select(source.rows(kept)));
      EmbedReport.Merge merged = new MergeJob(context).run(changes, pending -> renew());
      add(merged);
      context
          .err()
          .printf(
              Locale.ROOT,
              "Batch %d: %s written, %,d unchanged, %,d deleted%n",
              batch,
              Count.of(merged.written(), "row"),
              merged.unchanged(),
              merged.deleted());
    } finally {
      kept.unpersist();
    }
  }
}
