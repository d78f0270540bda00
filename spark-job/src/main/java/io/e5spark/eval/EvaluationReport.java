package io.e5spark.eval;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.e5spark.chunk.Chunking;
import io.e5spark.config.Settings;
import io.e5spark.platform.Count;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation found.
 *
 * @param dataset the folder's name
 * @param path the folder
 * @param model what the user called the model
 * @param fingerprint SHA-256 over all that decides a vector
 * @param settings all of them
 * @param documentType how documents were embedded
 * @param vectorType how their vectors were stored
 * @param k documents per query
 * @param chunking how documents were cut; null if they were not
 * @param metrics means by label
 * @param published nDCG@10 that was published for this model and dataset; null if none is known
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
   * Sizes.
   *
   * @param documents of the corpus
   * @param queries judged ones that were evaluated
   * @param missingQueries judged ones that the dataset lacks
   * @param missingDocuments judged ones that the corpus lacks
   */
  public record Counts(
      long documents, int queries, int judgements, int missingQueries, long missingDocuments) {}

  /**
   * Wall time of the stages.
   *
   * @param documents reading and embedding the corpus, little where its vectors could be used again
   * @param queries the same for the queries
   * @param search search, metrics and writing the run
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
