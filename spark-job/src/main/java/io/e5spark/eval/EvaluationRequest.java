package io.e5spark.eval;

import io.e5spark.config.InputType;
import io.e5spark.table.VectorType;
import java.util.List;
import java.util.Optional;

/**
 * What to evaluate.
 *
 * @param split of the judgements
 * @param documentType how documents are embedded; as E5's own evaluation does if empty
 * @param vectorType how the documents' vectors are stored
 * @param k documents per query
 * @param keepIdenticalIds whether a document with the query's id may be found
 * @param cutoffs of the metrics
 */
public record EvaluationRequest(
    String split,
    Optional<InputType> documentType,
    VectorType vectorType,
    int k,
    boolean keepIdenticalIds,
    List<Integer> cutoffs) {
  private static final String QUORA = "quora";

  /** How the documents of this dataset are embedded: Quora's are questions. */
  InputType documentType(String dataset) {
    return documentType.orElse(isQuora(dataset) ? InputType.QUERY : InputType.PASSAGE);
  }

  /** Whether documents are embedded without their titles. */
  static boolean isQuora(String dataset) {
    return dataset.equalsIgnoreCase(QUORA) || dataset.equalsIgnoreCase("QuoraRetrieval");
  }
}
