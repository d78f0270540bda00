package io.e5spark.eval;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.e5spark.chunk.Chunking;
import io.e5spark.config.Settings;
import io.e5spark.platform.Count;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of an evaluation.
 *
 * @param dataset the name of the folder
 * @param path the folder
 * @param model what the user called the model
 * @param fingerprint the SHA-256 over everything that decides a vector
 * @param settings all settings
 * @param documentType how documents were embedded
 * @param vectorType how their vectors were stored
 * @param k the number of documents per query
 * @param chunking how documents were cut into chunks; null if they were not
 * @param metrics the means by label
 * @param published the published nDCG@10 of this model on this data set; null if none is known
 */
public record EvaluationReport(
    String dataset,
    String path,
    String split,
    String model,
    String fingerprint,
    Settings settings,
    String documentType,
    String vectorType,
    int k,
    boolean keepIdenticalIds,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Chunking chunking,
    Counts counts,
    Seconds seconds,
    Map<String, Double> metrics,
    @Nullable Double published) {

  /**
   * The sizes.
   *
   * @param documents the documents of the corpus
   * @param queries the judged queries that were evaluated
   * @param missingQueries the judged queries that the data set lacks
   * @param missingDocuments the judged documents that the corpus lacks
   */
  public record Counts(
      long documents, int queries, int judgements, int missingQueries, long missingDocuments) {}

  /**
   * The wall time of the stages.
   *
   * @param documents reading and embedding the corpus; short if its vectors were reused
   * @param queries reading and embedding the queries
   * @param search searching, computing metrics and writing the run
   */
  public record Seconds(double documents, double queries, double search) {}

  private static String said(Chunking chunking) {
    return String.format(
        Locale.ROOT, "of %d tokens, overlap %d", chunking.tokens(), chunking.overlap());
  }

  /** A few lines for people. */
  public String summary() {
    String text =
        String.format(
            Locale.ROOT,
            """
            Dataset  %s, split %s: %s, %s, %s
            Model    %s, documents as %s%s
            Seconds  documents %.1f, queries %.1f, search %.1f""",
            dataset,
            split,
            Count.of(counts.queries, "query"),
            Count.of(counts.documents, "document"),
            Count.of(counts.judgements, "judgement"),
            model,
            documentType,
            chunking == null ? "" : ", in chunks " + said(chunking),
            seconds.documents,
            seconds.queries,
            seconds.search);
    return published == null
        ? text
        : text + String.format(Locale.ROOT, "%nPublished nDCG@10 of this model: %.4f", published);
  }
}
