package io.e5spark.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.e5spark.config.Settings;
import io.e5spark.table.EvenPartitions;
import io.e5spark.table.KeyedVectors;
import io.e5spark.table.TextSource;
import io.e5spark.table.VectorInvariants;
import io.e5spark.table.VectorInvariants.NormRule;
import io.e5spark.table.VectorProperties;
import io.e5spark.table.VectorTable;
import java.util.List;
import java.util.function.LongConsumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Brings a vector table up to date with its source, in commits of bounded size. Each commit is
 * complete in itself and found done by the next run: a job that is killed goes on where it was.
 */
final class MergeJob {
  private final Settings settings;
  private final EmbedRequest request;
  private final EmbeddedColumns columns;
  private final VectorTable table;
  private final VectorProperties properties;
  private final KeyedVectors keyed;
  private final ErrorLimit errors;
  private long slices;
  private long written;
  private long reused;

  /**
   * Prepares a merge.
   *
   * @param source whose identifying columns are the keys
   */
  MergeJob(
      Settings settings,
      EmbedRequest request,
      VectorTable table,
      VectorProperties properties,
      TextSource source) {
    this.settings = settings;
    this.request = request;
    this.columns = new EmbeddedColumns(settings, request);
    this.table = table;
    this.properties = properties;
    this.errors = new ErrorLimit(settings, request);
    this.keyed = new KeyedVectors(table, source.idColumns(), request.vectorColumn());
  }

  /** The rows that the table will have, for their schema. */
  Dataset<Row> output(Dataset<Row> texts) {
    return columns.of(keyed.hashed(texts, properties), List.of());
  }

  /**
   * Merges.
   *
   * @param texts the source's rows with {@link TextSource#TEXT}
   * @param pending is told how many rows are new or changed
   */
  EmbedReport.Merge run(Dataset<Row> texts, TextSource source, LongConsumer pending) {
    keyed.requireKeys(texts);
    if (!table.exists()) {
      table.create(output(texts).schema(), properties, source);
    }
    Dataset<Row> hashed = keyed.hashed(texts, properties);
    Dataset<Row> changed = keyed.pending(hashed);
    long rows = texts.count();
    long changes = changed.count();
    pending.accept(changes);
    Slices plan = new Slices(changes, request.merge());
    while (!plan.isDone()) {
      Stopwatch stopwatch = new Stopwatch();
      plan.took(slice(changed, plan.next()), stopwatch.seconds());
    }
    long deleted = request.merge().deleteMissing() ? keyed.deleteMissing(texts) : 0;
    return new EmbedReport.Merge(rows - changes, written, reused, deleted, slices);
  }

  /** Returns the number of its rows. */
  private long slice(Dataset<Row> changed, Slices.Range range) {
    Column inside = keyed.bucket().between(lit((long) range.from()), lit((long) range.to() - 1));
    Dataset<Row> rows = changed.where(inside).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      long count = rows.count();
      if (count > 0) {
        // The source may have changed since all of it was checked.
        keyed.requireKeys(rows);
        embed(rows, count);
        slices++;
        written += count;
      }
      return count;
    } finally {
      rows.unpersist();
    }
  }

  private void embed(Dataset<Row> rows, long count) {
    Dataset<Row> texts = request.merge().reuse() ? keyed.unknown(rows) : keyed.texts(rows);
    long unknown = texts.count();
    Dataset<Row> vectors = columns.of(spread(texts, unknown), List.of());
    Dataset<Row> complete = complete(rows, vectors).persist(StorageLevel.DISK_ONLY());
    try {
      errors.count(complete);
      VectorInvariants.of(complete, properties, explained(), normRule()).require(count);
      keyed.merge(complete, properties);
      reused += count - unknown;
    } finally {
      complete.unpersist();
    }
  }

  private Dataset<Row> spread(Dataset<Row> texts, long count) {
    return request.partitions() > 0
        ? texts.repartition(request.partitions())
        : EvenPartitions.of(texts, count, settings.windowRows());
  }

  private Dataset<Row> complete(Dataset<Row> rows, Dataset<Row> vectors) {
    Dataset<Row> all =
        request.merge().reuse() ? vectors.unionByName(keyed.known(rows, columns.names())) : vectors;
    Dataset<Row> joined = keyed.joined(rows, all);
    return columns.isDetailed() ? keyed.forgetting(joined, columns.errorColumn()) : joined;
  }

  /** Whether a row may be without a vector: it has no text, or an error. */
  private Column explained() {
    Column noText = keyed.isOfNull(properties);
    return columns.isDetailed() ? noText.or(col(columns.errorColumn()).isNotNull()) : noText;
  }

  private NormRule normRule() {
    return settings.normalize() ? NormRule.ONE : NormRule.FINITE;
  }
}
