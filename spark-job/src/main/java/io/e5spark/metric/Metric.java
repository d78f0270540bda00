package io.e5spark.metric;

/** A number for one query's ranking, from 0 to 1; their mean stands for a run. */
public interface Metric {
  /** Its name, with the cut-off after an at sign. */
  String label();

  /** The metric of one query. */
  double of(JudgedRanking ranking);

  /** Whose rules it follows. */
  default Convention convention() {
    return Convention.TREC_EVAL;
  }
}
