package io.e5spark.ingest;

import io.e5spark.table.KeyedVectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The chunks that a table has although their documents no longer have them; none for whole
 * documents.
 *
 * @param documents the documents of the source
 * @param chunks all chunks of these documents
 */
record Surplus(IngestContext context, Dataset<Row> documents, Dataset<Row> chunks) {
  /** Whether there can be any. */
  boolean isPossible() {
    return context.request().chunks() != null && !context.table().rows().isEmpty();
  }

  /**
   * The keys of these chunks for some documents.
   *
   * @param inside the condition that selects the documents
   */
  Dataset<Row> keys(Column inside) {
    KeyedVectors keyed = context.keyed();
    return keyed.surplus(documents.where(inside), context.documents().keys(), chunks.where(inside));
  }
}
