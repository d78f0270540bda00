package io.e5spark.eval;

import io.e5spark.chunk.Chunking;
import io.e5spark.config.InputType;
import io.e5spark.metric.Judgements;
import io.e5spark.table.VectorType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What to evaluate.
 *
 * @param split the split of the judgements
 * @param documentType how documents are embedded; empty for the rule of E5's own evaluation
 * @param vectorType how the documents' vectors are stored
 * @param k the number of documents per query
 * @param keepIdenticalIds whether a query may find the document with its id
 * @param cutoffs the cut-offs of the metrics
 * @param queries the most queries to evaluate, the first ones of the judgements; 0 for all
 * @param chunking how documents are cut into chunks, of which the best one counts; null if they are
 *     not
 */
public record EvaluationRequest(
    String split,
    Optional<InputType> documentType,
    VectorType vectorType,
    int k,
    boolean keepIdenticalIds,
    List<Integer> cutoffs,
    int queries,
    @Nullable Chunking chunking) {
  private static final String QUORA = "quora";

  /** The judgements of the queries to evaluate. */
  Judgements limited(Judgements all) {
    return queries == 0
        ? all
        : all.ofQueries(all.byQuery().keySet().stream().limit(queries).collect(Collectors.toSet()));
  }

  /** Distinguishes the vectors of these queries from those of all queries. */
  String ofFirst() {
    return queries == 0 ? "" : "-first-" + queries;
  }

  /** How the documents of this data set are embedded; those of Quora are questions. */
  InputType documentType(String dataset) {
    return documentType.orElse(isQuora(dataset) ? InputType.QUERY : InputType.PASSAGE);
  }

  /** Whether documents are embedded without their titles. */
  static boolean isQuora(String dataset) {
    return dataset.equalsIgnoreCase(QUORA) || dataset.equalsIgnoreCase("QuoraRetrieval");
  }
}
