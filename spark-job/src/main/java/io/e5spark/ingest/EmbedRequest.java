package io.e5spark.ingest;

import io.e5spark.chunked.DocumentChunks;
import io.e5spark.config.InputType;
import io.e5spark.source.RowIds;
import io.e5spark.source.TextSource;
import io.e5spark.table.VectorType;
import io.e5spark.table.WriteMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an embed job should do.
 *
 * @param source the texts
 * @param output the path or the catalog name of the vector table
 * @param inputType the side of a search that the texts are on
 * @param mode what happens to rows that the table already has
 * @param vectorColumn the name of the vector column
 * @param vectorType how vectors are stored
 * @param details whether the token count, the truncation and the error get columns of their own
 * @param hashes whether rows get the hash of their text, which merges need; a merge always adds it
 * @param limit the most rows to embed; 0 for all
 * @param partitions the number of partitions for the rows; 0 to derive it
 * @param runId the id of an append that happens only once, however often it is started; null if
 *     there is none
 * @param maxErrors the number of texts that may fail; null for any number
 * @param merge how a merge works
 * @param stream how a merge continues as a stream; null if it does not
 * @param chunks how documents are cut into rows; null if a row is a whole document
 */
public record EmbedRequest(
    TextSource source,
    String output,
    InputType inputType,
    WriteMode mode,
    String vectorColumn,
    VectorType vectorType,
    boolean details,
    boolean hashes,
    int limit,
    int partitions,
    @Nullable String runId,
    @Nullable Long maxErrors,
    MergeOptions merge,
    @Nullable StreamOptions stream,
    @Nullable DocumentChunks chunks) {
  public EmbedRequest {
    if (mode == WriteMode.MERGE && limit > 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Invalid limit: %d (must be 0 with --mode merge, which takes all rows of its source)",
              limit));
    }
    if (stream != null && source.rowIds() == RowIds.NUMBER) {
      throw new IllegalArgumentException(
          "Invalid generate-id: number (must be hash with --stream, whose rows never end)");
    }
    if (runId != null && runId.isBlank()) {
      throw new IllegalArgumentException("Invalid run-id: '' (must not be blank)");
    }
    requireNotNegative("limit", limit);
    requireNotNegative("partitions", partitions);
  }

  private static void requireNotNegative(String name, int value) {
    if (value < 0) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Invalid %s: %d (must not be negative)", name, value));
    }
  }
}
