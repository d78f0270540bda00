package io.e5spark.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.e5spark.source.SourceHistory;
import io.e5spark.source.TextSource;
import io.e5spark.table.RunLog;
import io.e5spark.table.VectorProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.sql.SparkSession;

/**
 * The version of a source that a vector table is equal to.
 *
 * @param merge what the merge was asked; after another question all of the source is read again
 * @param sourceVersion of the source, a Delta table
 * @param tableVersion of the vector table that the merge left, if no other job came between
 * @param sourceCommit what tells that version from another of its number, in a source that was put
 *     back from a copy
 */
record FeedPosition(String merge, long sourceVersion, long tableVersion, String sourceCommit) {

  /**
   * What a merge is asked, all that decides which rows the table then has.
   *
   * @param tableId of the source and the vector table: one that was made anew counts its versions
   *     anew
   */
  static String identity(
      TextSource source, String tableId, VectorProperties properties, EmbedRequest request) {
    String text =
        "%s %s %s %s %s %s"
            .formatted(
                source.newest(),
                tableId,
                properties.fingerprint(),
                properties.inputType(),
                properties.vectorType(),
                request.merge().deleteMissing());
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /**
   * Where the last run got to, if that was this same merge, the table has not changed since, the
   * source still has that version, and no row waits to be tried again.
   *
   * @param version of the vector table
   */
  static Optional<FeedPosition> last(IngestContext context, long version, String identity) {
    SparkSession spark = context.spark();
    SourceHistory history = new SourceHistory(spark, context.source().input());
    Optional<JsonNode> report =
        new RunLog(spark, context.table().name())
            .last()
            .map(FeedPosition::parsed)
            .map(row -> row.get("report"));
    return report
        .map(node -> node.at("/merge/reached"))
        .filter(node -> node.path("table_version").asLong(-1) == version)
        .filter(node -> identity.equals(node.path("merge").asText()))
        .map(
            node ->
                new FeedPosition(
                    identity,
                    node.path("source_version").asLong(),
                    version,
                    node.path("source_commit").asText()))
        .filter(
            position ->
                history
                    .commit(position.sourceVersion)
                    .filter(position.sourceCommit::equals)
                    .isPresent())
        .filter(position -> !context.keyed().hasForgotten());
  }

  private static JsonNode parsed(String json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the table of runs: " + e.getMessage(), e);
    }
  }
}
