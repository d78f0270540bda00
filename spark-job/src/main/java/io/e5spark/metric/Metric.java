package io.e5spark.metric;

/**
 * A number from 0 to 1 for the ranking of one query; the mean over the queries represents a run.
 */
public interface Metric {
  /** Its name, followed by an at sign and the cut-off. */
  String label();

  /** The metric of one query. */
  double of(JudgedRanking ranking);

  /** The rules that it follows. */
  default Convention convention() {
    return Convention.TREC_EVAL;
  }
}
