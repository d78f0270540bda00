package io.e5spark.ingest;

import static io.e5spark.platform.ColumnName.column;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.e5spark.report.EmbeddingTime;
import io.e5spark.table.KeyedMerge;
import io.e5spark.table.KeyedVectors;
import io.e5spark.table.VectorColumns;
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
 * Updates a vector table from its source, in commits of bounded size. Each commit is complete in
 * itself, and the next run recognizes it, so a job that was killed continues where it was.
 */
final class MergeJob {
  private final IngestContext context;
  private final EmbedRequest request;
  private final EmbeddedColumns columns;
  private final VectorTable table;
  private final VectorProperties properties;
  private final List<String> keys;
  private final KeyedVectors keyed;
  private final KeyedVectors documents;
  private final KeyedMerge merge;
  private final KeyedMerge whole;
  private long slices;
  private long written;
  private long reused;
  private long deleted;

  /** Prepares a merge; the identifying columns of the source are the keys. */
  MergeJob(IngestContext context) {
    this.context = context;
    this.request = context.request();
    this.columns = context.columns();
    this.table = context.table();
    this.properties = context.properties();
    this.keyed = context.keyed();
    this.keys = keyed.keys();
    this.documents = context.documents();
    this.merge = new KeyedMerge(table, keyed, properties, context::beforeCommit);
    this.whole = new KeyedMerge(table, documents, properties, context::beforeCommit);
  }

  /**
   * Merges.
   *
   * @param all what to examine
   * @param pending receives the number of new and changed rows, once all of them are checked and
   *     before the first commit
   */
  EmbedReport.Merge run(MergeInput all, LongConsumer pending) {
    keyed.requireComparable(all.texts());
    long rows = documents.requireKeys(all.texts());
    create(all.texts());
    Dataset<Row> texts = context.parts(all.texts());
    Dataset<Row> hashed = keyed.hashed(texts, properties);
    table.requireRules(columns.standIns(hashed), request.mode());
    Dataset<Row> changed = keyed.pending(hashed);
    Surplus surplus = new Surplus(context, all.texts(), hashed);
    boolean isChunked = request.chunks() != null;
    long parts = isChunked ? hashed.count() : rows;
    long changes = changed.count();
    long fewer = surplus.isPossible() ? surplus.keys(lit(true)).count() : 0;
    keyed.requireMutable(changed);
    merge.requireDeletable(fewer);
    requireDeletable(all, rows);
    pending.accept(changes);
    Slices plan = new Slices(changes + fewer, request.merge());
    while (!plan.isDone()) {
      EmbeddingTime before = time();
      long done = slice(changed, surplus, plan.next());
      plan.took(done, time().since(before).seconds());
    }
    long missing = request.merge().deleteMissing() ? delete(all) : 0;
    return new EmbedReport.Merge(
        parts - changes, written, reused, missing, isChunked ? deleted : null, slices, null, null);
  }

  /**
   * Makes the table if it does not exist.
   *
   * @param texts rows with the schema of the source
   */
  void create(Dataset<Row> texts) {
    if (!table.exists()) {
      table.create(context.output(context.parts(texts)).schema(), properties, context.source());
    }
  }

  /**
   * Checks that rows may be deleted which the source no longer has. Only an append-only table and a
   * source without rows can fail, and only then are the rows counted.
   *
   * @param rows the number of rows of the input
   */
  private void requireDeletable(MergeInput all, long rows) {
    boolean isEmptied = rows == 0 && all.gone().isEmpty();
    if (request.merge().deleteMissing() && (isEmptied || table.isAppendOnly())) {
      all.gone().ifPresentOrElse(whole::present, () -> whole.missing(all.texts()));
    }
  }

  private long delete(MergeInput all) {
    return all.gone().isPresent()
        ? whole.delete(all.gone().get())
        : whole.deleteMissing(all.texts());
  }

  /** The time of embedding so far. */
  private EmbeddingTime time() {
    context.counters().settle();
    return context.embeddingTime();
  }

  /**
   * Merges one slice and returns the number of its rows. All chunks of a document are in one slice.
   */
  private long slice(Dataset<Row> changed, Surplus surplus, Slices.Range range) {
    Column inside =
        documents.bucket().between(lit((long) range.from()), lit((long) range.to() - 1));
    Dataset<Row> rows = changed.where(inside).persist(StorageLevel.MEMORY_AND_DISK());
    Dataset<Row> gone = surplus.keys(inside).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Found found = found(rows);
      long fewer = request.chunks() == null ? 0 : gone.count();
      if (found.rows + fewer > 0) {
        context.work().begin();
        if (found.keys < found.rows) {
          // The source has changed since the check of all its rows.
          keyed.requireKeys(rows);
        }
        embed(rows, found, gone);
        slices++;
        written += found.rows;
        deleted += fewer;
      }
      return found.rows + fewer;
    } finally {
      rows.unpersist();
      gone.unpersist();
    }
  }

  /**
   * What a slice contains.
   *
   * @param keys the distinct keys
   * @param texts the rows with a text
   * @param different the distinct hashes, including that of a missing text
   */
  private record Found(long rows, long keys, long texts, long different) {}

  private Found found(Dataset<Row> hashed) {
    Column hash = column(new VectorColumns(request.vectorColumn()).hash());
    Row counts =
        hashed
            .agg(
                count(lit(1)),
                count_distinct(keyed.key()),
                count_if(isText()),
                count_distinct(hash))
            .head();
    return new Found(counts.getLong(0), counts.getLong(1), counts.getLong(2), counts.getLong(3));
  }

  private Column isText() {
    return not(keyed.isOfNull(properties));
  }

  private void embed(Dataset<Row> rows, Found found, Dataset<Row> gone) {
    // Kept, because another job may commit some of these texts between two reads of the table.
    Dataset<Row> texts =
        (request.merge().reuse() ? keyed.unknown(rows) : keyed.texts(rows))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      embed(rows, found, texts, gone);
    } finally {
      texts.unpersist();
    }
  }

  private void embed(Dataset<Row> rows, Found found, Dataset<Row> texts, Dataset<Row> gone) {
    Row counts = texts.agg(count(lit(1)), count_if(isText())).head();
    long unknown = counts.getLong(0);
    Dataset<Row> vectors = columns.of(context.spread(texts, unknown), keys);
    Dataset<Row> all = vectors.drop(keys.toArray(String[]::new));
    if (unknown < found.different) {
      all = all.unionByName(keyed.known(rows, columns.names()));
    }
    Dataset<Row> complete = complete(rows, all).persist(StorageLevel.DISK_ONLY());
    try {
      VectorInvariants invariants =
          VectorInvariants.of(complete, properties, explained(), normRule());
      // Delta plans everything that is cached of a table again after a commit to it.
      texts.unpersist();
      rows.unpersist();
      // Released only now: if a task ran twice, Spark may compute what depends on it again.
      context.errors().count(complete);
      invariants.require(found.rows);
      commit(complete, gone);
      reused += found.texts - counts.getLong(1);
    } finally {
      complete.unpersist();
    }
  }

  private void commit(Dataset<Row> complete, Dataset<Row> gone) {
    if (request.chunks() == null) {
      merge.put(complete);
    } else {
      merge.replace(complete, gone);
    }
  }

  private Dataset<Row> complete(Dataset<Row> rows, Dataset<Row> vectors) {
    Dataset<Row> joined = keyed.joined(rows, vectors);
    return columns.isDetailed() ? keyed.forgetting(joined, columns.errorColumn()) : joined;
  }

  /** Whether a row may lack a vector, because it has no text or has an error. */
  private Column explained() {
    Column noText = keyed.isOfNull(properties);
    return columns.isDetailed() ? noText.or(column(columns.errorColumn()).isNotNull()) : noText;
  }

  private NormRule normRule() {
    return context.settings().vectors().normalize() ? NormRule.ONE : NormRule.FINITE;
  }
}
