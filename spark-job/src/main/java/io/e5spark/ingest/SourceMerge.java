package io.e5spark.ingest;

import io.e5spark.report.TaskCounters;
import io.e5spark.source.TextSource;
import io.e5spark.table.KeyedVectors;
import io.e5spark.table.VectorProperties;
import io.e5spark.table.VectorTable;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Merges a source that stands still. Of a Delta table with a change data feed only the feed is
 * read, where the last run says up to where the vector table is equal to it.
 */
final class SourceMerge {
  private final SparkSession spark;
  private final VectorTable table;
  private final TextSource source;
  private final MergeJob merge;
  private final KeyedVectors keyed;
  private final VectorProperties properties;
  private final EmbedRequest request;

  SourceMerge(
      SparkSession spark,
      EmbedRequest request,
      VectorTable table,
      VectorProperties properties,
      TextSource source,
      MergeJob merge) {
    this.spark = spark;
    this.table = table;
    this.source = source;
    this.merge = merge;
    this.keyed = new KeyedVectors(table, source.idColumns(), request.vectorColumn());
    this.properties = properties;
    this.request = request;
  }

  /**
   * Merges.
   *
   * @param texts all rows of the source
   * @param pending is told how many rows are new or changed
   */
  EmbedReport.Merge run(Dataset<Row> texts, TaskCounters clock, LongConsumer pending) {
    if (!source.hasChangeFeed(spark)) {
      return merge.run(MergeInput.all(texts), clock, pending);
    }
    boolean exists = table.exists();
    long before = exists ? table.version() : 0;
    Optional<FeedPosition> last =
        exists ? FeedPosition.last(spark, table, before, keyed, identity()) : Optional.empty();
    Optional<MergeInput> feed = last.flatMap(this::feed);
    if (request.merge().deleteMissing()) {
      feed.ifPresent(changes -> changes.requireRows(texts, table));
    }
    feed = feed.map(changes -> changes.within(texts, source.idColumns()));
    EmbedReport.Merge merged =
        merge.run(feed.orElseGet(() -> MergeInput.all(texts)), clock, pending);
    long commits = merged.slices() + (merged.deleted() > 0 ? 1 : 0);
    long after = before + commits;
    boolean undisturbed = table.version() == after;
    return new EmbedReport.Merge(
        merged.unchanged(),
        merged.written(),
        merged.reused(),
        merged.deleted(),
        merged.slices(),
        feed.isPresent() ? last.map(FeedPosition::sourceVersion).orElseThrow() : null,
        undisturbed ? reached(after) : null);
  }

  /** Of this source, this vector table and what is asked. */
  private String identity() {
    String tables = source.tableId(spark) + " " + table.id();
    return FeedPosition.identity(source, tables, properties, request);
  }

  /** Nothing where the feed cannot be read: files or commits of it are gone, or it was off. */
  private Optional<MergeInput> feed(FeedPosition position) {
    try {
      Optional<MergeInput> changes =
          source
              .changes(spark, position.sourceVersion())
              .map(found -> MergeInput.of(found, source));
      changes.ifPresent(found -> found.texts().count());
      return changes;
    } catch (Exception e) {
      System.getLogger(SourceMerge.class.getName())
          .log(
              Level.WARNING,
              "Reading all of the source, since its change data feed cannot be read: {0}",
              e.getMessage());
      return Optional.empty();
    }
  }

  private @Nullable FeedPosition reached(long tableVersion) {
    Long version = source.version();
    return version == null ? null : new FeedPosition(identity(), version, tableVersion);
  }
}
