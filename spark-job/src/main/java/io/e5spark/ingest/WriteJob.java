package io.e5spark.ingest;

import io.e5spark.config.Settings;
import io.e5spark.platform.BalancedPartitions;
import io.e5spark.report.Progress;
import io.e5spark.report.TaskCounters;
import io.e5spark.source.TextSource;
import io.e5spark.table.KeyedVectors;
import io.e5spark.table.NamedAppend;
import io.e5spark.table.VectorProperties;
import io.e5spark.table.VectorTable;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Embeds all rows of a source and writes them in one commit. */
final class WriteJob {
  private final Settings settings;
  private final EmbedRequest request;
  private final VectorTable table;
  private final VectorProperties properties;
  private final TextSource source;
  private final EmbeddedColumns columns;
  private final ErrorLimit errors;
  private final PrintWriter err;

  WriteJob(
      Settings settings,
      EmbedRequest request,
      ErrorLimit errors,
      VectorTable table,
      VectorProperties properties,
      TextSource source,
      PrintWriter err) {
    this.settings = settings;
    this.request = request;
    this.table = table;
    this.properties = properties;
    this.source = source;
    this.columns = new EmbeddedColumns(settings, request, properties.dimension());
    this.errors = errors;
    this.err = err;
  }

  /** Runs, unless it is a named append that was done before. */
  void run(Dataset<Row> texts, TaskCounters clock) {
    String runId = request.runId();
    if (runId == null) {
      write(texts, clock, rows -> table.write(rows, properties, source, request.mode()));
      return;
    }
    NamedAppend append = new NamedAppend(table, runId);
    if (isDone(append)) {
      return;
    }
    write(texts, clock, rows -> append.write(rows, properties, source));
    if (append.version().isEmpty()) {
      throw new IllegalStateException(
          "Cannot append to table %s: it has had rows of run %s before its history begins (give the run another name if they are gone)"
              .formatted(table.name(), runId));
    }
  }

  private boolean isDone(NamedAppend append) {
    OptionalLong done = append.version();
    done.ifPresent(
        version -> {
          append.requireKept(version);
          err.printf(
              Locale.ROOT,
              "Nothing is embedded: table %s has had the rows of run %s since version %d%n",
              table.name(),
              append.runId(),
              version);
        });
    return done.isPresent();
  }

  private void write(Dataset<Row> texts, TaskCounters clock, Consumer<Dataset<Row>> commit) {
    long rows = texts.count();
    Progress progress = new Progress(err, clock, rows);
    try {
      KeyedVectors keyed = new KeyedVectors(table, source.idColumns(), request.vectorColumn());
      if (request.hashes()) {
        keyed.requireKeys(texts);
      }
      Dataset<Row> vectors = vectors(spread(texts, rows), keyed);
      if (errors.isSet()) {
        writeCounted(vectors, commit);
      } else {
        commit.accept(vectors);
      }
    } finally {
      progress.close();
    }
  }

  private Dataset<Row> vectors(Dataset<Row> texts, KeyedVectors keyed) {
    if (!request.hashes()) {
      return columns.of(texts, source.idColumns());
    }
    Dataset<Row> vectors = columns.of(keyed.hashed(texts, properties), source.idColumns());
    return columns.isDetailed() ? keyed.forgetting(vectors, columns.errorColumn()) : vectors;
  }

  /** Embeds to local disks first, since a commit cannot be held back once it writes. */
  private void writeCounted(Dataset<Row> vectors, Consumer<Dataset<Row>> commit) {
    Dataset<Row> kept = vectors.persist(StorageLevel.DISK_ONLY());
    try {
      errors.count(kept);
      commit.accept(kept);
    } finally {
      kept.unpersist();
    }
  }

  private Dataset<Row> spread(Dataset<Row> texts, long rows) {
    return request.partitions() > 0
        ? texts.repartition(request.partitions())
        : BalancedPartitions.of(texts, rows, settings.rows().windowRows());
  }
}
