package io.e5spark.job.option;

import io.e5spark.config.InputType;
import io.e5spark.eval.EvaluationRequest;
import io.e5spark.metric.Metrics;
import io.e5spark.table.VectorType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code evaluate} measures in a folder. */
public final class RequestOptions {
  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "The split to evaluate, whose qrels are in qrels/SPLIT.tsv.")
  String split = "test";

  @Option(names = "--k", paramLabel = "COUNT", description = "The number of documents per query.")
  int k = 1_000;

  @Option(
      names = "--cutoffs",
      split = ",",
      paramLabel = "K",
      description =
          "The cut-offs of the metrics; by default, those of 1, 3, 5, 10, 100 and 1000 that do not exceed --k.")
  @Nullable List<Integer> cutoffs;

  @Option(
      names = "--document-type",
      paramLabel = "TYPE",
      description =
          "How to embed documents: passage, or query; by default passage, except query for Quora.")
  @Nullable InputType documentType;

  @Option(
      names = "--vector-type",
      paramLabel = "TYPE",
      description =
          "How to store the vectors of documents, as for embed: float, packed, half, int8 or binary.")
  VectorType vectorType = VectorType.FLOAT;

  @Option(
      names = "--keep-identical-ids",
      description =
          "Let a query find the document with its own id. BEIR leaves that document out, which is wrong if queries and documents are merely numbered.")
  boolean keepIdenticalIds;

  @Mixin ChunkFlags chunks = new ChunkFlags();

  @Option(
      names = "--limit-queries",
      paramLabel = "COUNT",
      description = "Evaluate only the first COUNT judged queries, for a quick look; 0 for all.")
  int limitQueries;

  /**
   * The request.
   *
   * @throws IllegalArgumentException if the depth, a cut-off or a budget is out of range
   */
  public EvaluationRequest request() {
    return new EvaluationRequest(
        split,
        Optional.ofNullable(documentType),
        vectorType,
        k,
        keepIdenticalIds,
        checkedCutoffs(),
        checkedLimit(),
        chunks.chunking());
  }

  private int checkedLimit() {
    if (limitQueries < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "Invalid limit-queries: %d (must not be negative)", limitQueries));
    }
    return limitQueries;
  }

  private List<Integer> checkedCutoffs() {
    PositiveNumber.require("k", k);
    if (cutoffs == null) {
      return Metrics.CUTOFFS.stream().filter(cutoff -> cutoff <= k).toList();
    }
    for (int cutoff : cutoffs) {
      if (cutoff < 1 || cutoff > k) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "Invalid cutoffs: %d (must be from 1 to k, %d)", cutoff, k));
      }
    }
    return cutoffs.stream().distinct().sorted().toList();
  }
}
