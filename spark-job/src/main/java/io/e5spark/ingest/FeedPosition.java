package io.e5spark.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.e5spark.platform.TableHistory;
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
 * The version of a source that a vector table matches.
 *
 * @param merge the parameters of the merge; after a merge with others, the whole source is read
 *     again
 * @param sourceVersion the version of the source, a Delta table
 * @param tableVersion the version of the vector table that the merge left, if no other job
 *     committed in between
 * @param sourceCommit distinguishes this version from another with the same number, in a source
 *     that was restored from a copy
 */
record FeedPosition(String merge, long sourceVersion, long tableVersion, String sourceCommit) {

  /**
   * The parameters of a merge that decide which rows the table has afterwards.
   *
   * @param tableId the ids of the source and the vector table, because a table that was made again
   *     counts its versions again
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
   * Where the last run stopped, if it was the same merge, the table has not changed since, the
   * source still has that version, and no row waits to be tried again.
   *
   * @param version the version of the vector table
   */
  static Optional<FeedPosition> last(IngestContext context, long version, String identity) {
    SparkSession spark = context.spark();
    TableHistory history = new TableHistory(spark, context.source().input());
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
