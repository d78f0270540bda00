package io.e5spark.ingest;

import io.e5spark.report.Progress;
import io.e5spark.source.TextSource;
import io.e5spark.table.KeyedVectors;
import io.e5spark.table.NamedAppend;
import io.e5spark.table.VectorProperties;
import io.e5spark.table.VectorTable;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Embeds all rows of a source and writes them in one commit. */
final class WriteJob {
  private final IngestContext context;
  private final EmbedRequest request;
  private final VectorTable table;
  private final VectorProperties properties;
  private final TextSource source;
  private final EmbeddedColumns columns;
  private final ErrorLimit errors;

  WriteJob(IngestContext context) {
    this.context = context;
    this.request = context.request();
    this.table = context.table();
    this.properties = context.properties();
    this.source = context.source();
    this.columns = context.columns();
    this.errors = context.errors();
  }

  /** Runs, unless it is a named append that has already run. */
  void run(Dataset<Row> texts) {
    String runId = request.runId();
    if (runId == null) {
      write(texts, rows -> table.write(rows, properties, source, request.mode()));
      return;
    }
    NamedAppend append = new NamedAppend(table, runId);
    if (isDone(append)) {
      return;
    }
    write(texts, rows -> append.write(rows, properties, source));
    if (append.version().isEmpty()) {
      throw new IllegalStateException(
          "Cannot append to table %s: it received the rows of run %s before its history begins (give the run another name if they are gone)"
              .formatted(table.name(), runId));
    }
  }

  private boolean isDone(NamedAppend append) {
    if (!append.isDone()) {
      return false;
    }
    OptionalLong version = append.version();
    append.requireKept(version);
    String since =
        version.isPresent()
            ? String.format(Locale.ROOT, "since version %d", version.getAsLong())
            : "since before its history begins (give the run another name if they are gone)";
    context
        .err()
        .println(
            "Nothing to embed: table %s has had the rows of run %s %s"
                .formatted(table.name(), append.runId(), since));
    return true;
  }

  private void write(Dataset<Row> texts, Consumer<Dataset<Row>> commit) {
    long rows = texts.count();
    Progress progress = new Progress(context.err(), context.counters()::count, rows);
    try {
      require(texts);
      context.work().begin();
      Dataset<Row> vectors = vectors(context.spread(texts, rows));
      if (errors.isSet()) {
        writeCounted(vectors, commit);
      } else {
        commit.accept(vectors);
      }
    } finally {
      progress.close();
    }
  }

  /**
   * Checks the rows.
   *
   * @throws IllegalArgumentException if a key is missing or occurs twice where the table has
   *     hashes, or if the table would reject a row
   */
  void require(Dataset<Row> texts) {
    KeyedVectors keyed = context.keyed();
    if (request.hashes()) {
      keyed.requireKeys(texts);
    }
    table.requireRules(
        columns.standIns(request.hashes() ? keyed.hashed(texts, properties) : texts),
        request.mode());
  }

  private Dataset<Row> vectors(Dataset<Row> texts) {
    if (!request.hashes()) {
      return columns.of(texts, source.idColumns());
    }
    KeyedVectors keyed = context.keyed();
    Dataset<Row> vectors = columns.of(keyed.hashed(texts, properties), source.idColumns());
    return columns.isDetailed() ? keyed.forgetting(vectors, columns.errorColumn()) : vectors;
  }

  /** Embeds to local disks first, because a commit cannot be held back once it writes. */
  private void writeCounted(Dataset<Row> vectors, Consumer<Dataset<Row>> commit) {
    Dataset<Row> kept = vectors.persist(StorageLevel.DISK_ONLY());
    try {
      errors.count(kept);
      commit.accept(kept);
    } finally {
      kept.unpersist();
    }
  }
}
