package io.e5spark.metric;

/**
 * A document that a run found for a query.
 *
 * @param score the score, higher is better; never NaN
 */
public record ScoredDocument(String document, double score) {
  public ScoredDocument {
    if (Double.isNaN(score)) {
      throw new IllegalArgumentException("The score of document " + document + " is NaN");
    }
    // Makes -0.0 and 0.0 equal, as they are in C and Python.
    score += 0.0;
  }

  Float singleScore() {
    // A small negative score becomes -0.0.
    return (float) score + 0.0f;
  }
}
