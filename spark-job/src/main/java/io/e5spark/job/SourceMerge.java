package io.e5spark.job;

import io.e5spark.table.KeyedVectors;
import io.e5spark.table.TextSource;
import io.e5spark.table.VectorProperties;
import io.e5spark.table.VectorTable;
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
  EmbedReport.Merge run(Dataset<Row> texts, TaskClock clock, LongConsumer pending) {
    if (!source.hasChangeFeed(spark)) {
      return merge.run(Changes.all(texts), clock, pending);
    }
    boolean exists = table.exists();
    long before = exists ? table.version() : 0;
    String identity = FeedPosition.identity(source, source.tableId(spark), properties, request);
    Optional<FeedPosition> last =
        exists ? FeedPosition.last(spark, table, before, keyed, identity) : Optional.empty();
    Optional<Changes> feed =
        last.flatMap(position -> source.changes(spark, position.sourceVersion()))
            .map(changes -> Changes.of(changes, source));
    EmbedReport.Merge merged = merge.run(feed.orElseGet(() -> Changes.all(texts)), clock, pending);
    long commits = merged.slices() + (merged.deleted() > 0 ? 1 : 0);
    boolean undisturbed = table.version() == before + commits;
    return new EmbedReport.Merge(
        merged.unchanged(),
        merged.written(),
        merged.reused(),
        merged.deleted(),
        merged.slices(),
        feed.isPresent() ? last.map(FeedPosition::sourceVersion).orElseThrow() : null,
        undisturbed ? reached(identity) : null);
  }

  private @Nullable FeedPosition reached(String identity) {
    Long version = source.version();
    return version == null ? null : new FeedPosition(identity, version);
  }
}
