package io.e5spark.ingest;

import io.e5spark.platform.TableHistory;
import io.e5spark.report.Progress;
import io.e5spark.source.ChangeFeed;
import io.e5spark.source.TextSource;
import io.e5spark.table.VectorTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Merges a source that does not change meanwhile. If the source is a Delta table with a change data
 * feed, and the last run says which version the vector table matches, only the feed is read.
 */
final class SourceMerge {
  private final IngestContext context;
  private final SparkSession spark;
  private final EmbedRequest request;
  private final VectorTable table;
  private final TextSource source;

  SourceMerge(IngestContext context) {
    this.context = context;
    this.spark = context.spark();
    this.request = context.request();
    this.table = context.table();
    this.source = context.source();
  }

  /**
   * Merges.
   *
   * @param texts all rows of the source
   */
  EmbedReport.Merge run(Dataset<Row> texts) {
    if (!source.hasChangeFeed(spark)) {
      return merge(MergeInput.all(texts));
    }
    boolean exists = table.exists();
    long before = exists ? table.version() : 0;
    Optional<FeedPosition> last =
        exists ? FeedPosition.last(context, before, identity()) : Optional.empty();
    Optional<MergeInput> feed = last.flatMap(this::feed);
    EmbedReport.Merge merged =
        feed.isPresent() ? merge(feed.get(), texts) : merge(MergeInput.all(texts));
    long commits = merged.slices() + (merged.deleted() > 0 ? 1 : 0);
    long after = before + commits;
    boolean undisturbed = table.version() == after;
    return new EmbedReport.Merge(
        merged.unchanged(),
        merged.written(),
        merged.reused(),
        merged.deleted(),
        merged.surplus(),
        merged.slices(),
        feed.isPresent() ? last.map(FeedPosition::sourceVersion).orElseThrow() : null,
        undisturbed ? reached(after) : null);
  }

  /** The parameters of this merge: the source, the vector table and the options. */
  private String identity() {
    String tables = source.tableId(spark) + " " + table.id();
    return FeedPosition.identity(source, tables, context.properties(), request);
  }

  /** Empty if the feed cannot be read, because files or commits of it are gone, or it was off. */
  private Optional<MergeInput> feed(FeedPosition position) {
    try {
      Optional<MergeInput> changes =
          source
              .changes(spark, position.sourceVersion())
              .map(found -> MergeInput.of(found, source));
      changes.ifPresent(SourceMerge::read);
      return changes;
    } catch (Exception e) {
      // Scala throws checked exceptions that no signature names.
      if (!ChangeFeed.isMissing(e)) {
        throw e;
      }
      context
          .err()
          .printf(
              "Warning: reading the whole source, because its change data feed cannot be read: %s%n",
              String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
      return Optional.empty();
    }
  }

  private static void read(MergeInput changes) {
    changes.keep();
    try {
      changes.texts().count();
    } catch (Exception e) {
      changes.release();
      throw e;
    }
  }

  private EmbedReport.Merge merge(MergeInput changes, Dataset<Row> texts) {
    try {
      if (request.merge().deleteMissing()) {
        changes.requireRows(texts, table);
      }
      return merge(changes.within(texts, source.idColumns()));
    } finally {
      changes.release();
    }
  }

  private EmbedReport.Merge merge(MergeInput input) {
    List<Progress> progress = new ArrayList<>();
    try {
      return new MergeJob(context)
          .run(
              input,
              rows -> {
                context.renew();
                progress.add(new Progress(context.err(), context.counters()::count, rows));
              });
    } finally {
      progress.forEach(Progress::close);
    }
  }

  private @Nullable FeedPosition reached(long tableVersion) {
    Long version = source.version();
    return version == null
        ? null
        : new TableHistory(spark, source.input())
            .commit(version)
            .map(commit -> new FeedPosition(identity(), version, tableVersion, commit))
            .orElse(null);
  }
}
