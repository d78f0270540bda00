package io.e5spark.ingest;

import io.e5spark.chunked.ChunkRows;
import io.e5spark.chunked.DocumentChunks;
import io.e5spark.cluster.Models;
import io.e5spark.config.Settings;
import io.e5spark.platform.BalancedPartitions;
import io.e5spark.report.EmbeddingTime;
import io.e5spark.report.TaskCounters;
import io.e5spark.report.Work;
import io.e5spark.source.TextSource;
import io.e5spark.table.KeyedVectors;
import io.e5spark.table.VectorProperties;
import io.e5spark.table.VectorTable;
import io.e5spark.table.WriteMode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What all parts of one run share.
 *
 * @param table the vector table, which need not exist yet
 * @param properties what the table says about the vectors of this run
 * @param source the texts, as {@link TextSource#resolved}
 * @param columns the columns that replace the text
 * @param errors counts the texts that fail
 * @param counters follow the tasks of the run
 * @param work begins when the run does more than check its arguments
 * @param err receives messages for people
 */
record IngestContext(
    SparkSession spark,
    Settings settings,
    EmbedRequest request,
    VectorTable table,
    VectorProperties properties,
    TextSource source,
    EmbeddedColumns columns,
    ErrorLimit errors,
    TaskCounters counters,
    Work work,
    PrintWriter err) {

  /**
   * Checks that the model is still the one that the run began with, because each query of a run
   * reads its files anew.
   *
   * @throws IllegalStateException if other files have taken its place
   */
  void beforeCommit() {
    String now = Models.inspect(settings).fingerprint();
    if (!now.equals(properties.fingerprint())) {
      throw new IllegalStateException(
          "Cannot merge into table %s: other files have taken the place of model %s since the job began (its vectors have fingerprint %s now, and had %s)"
              .formatted(table.name(), settings.loading().model(), now, properties.fingerprint()));
    }
    work.begin();
  }

  /** Records in the table that its texts come from this source from now on. */
  void renew() {
    table.renew(source, work::begin);
  }

  /** What the tasks of the run took to embed so far. */
  EmbeddingTime embeddingTime() {
    return EmbeddingTime.of(counters, settings.loading(), spark.sparkContext().getConf());
  }

  /** The rows of the vector table by the keys of the source. */
  KeyedVectors keyed() {
    List<String> keys = new ArrayList<>(source.idColumns());
    if (request.chunks() != null) {
      keys.add(DocumentChunks.POSITION);
    }
    return new KeyedVectors(table, keys, request.vectorColumn());
  }

  /** The rows of the vector table by the keys of whole documents. */
  KeyedVectors documents() {
    return new KeyedVectors(table, source.idColumns(), request.vectorColumn());
  }

  /** The rows to embed for these documents: their chunks, or the documents themselves. */
  Dataset<Row> parts(Dataset<Row> texts) {
    DocumentChunks chunks = request.chunks();
    return chunks == null
        ? texts
        : new ChunkRows(chunks, request.inputType(), settings).of(texts, source);
  }

  /**
   * The rows that the table will have, for their schema.
   *
   * @param texts the result of {@link #parts}
   */
  Dataset<Row> output(Dataset<Row> texts) {
    return request.mode() == WriteMode.MERGE || request.hashes()
        ? columns.of(keyed().hashed(texts, properties), List.of())
        : columns.of(texts, source.idColumns());
  }

  /** Spreads rows over tasks as the user wants, or evenly. */
  Dataset<Row> spread(Dataset<Row> texts, long count) {
    return request.partitions() > 0
        ? texts.repartition(request.partitions())
        : BalancedPartitions.of(texts, count, settings.rows().windowRows());
  }
}
