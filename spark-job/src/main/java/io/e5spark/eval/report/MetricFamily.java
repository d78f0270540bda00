package io.e5spark.eval.report;

import java.util.List;
import java.util.Map;

/**
 * The meaning of a metric, for readers of a page.
 *
 * @param name the part of the label before the cut-off
 */
record MetricFamily(String name, String meaning) {
  private static final List<MetricFamily> ALL =
      List.of(
          new MetricFamily(
              "NDCG",
              "How close the order of the first k documents comes to the best possible order: a document counts by its grade, and counts less the lower it ranks. 1 is the best order."),
          new MetricFamily(
              "MAP",
              "The precision at each relevant document among the first k, added up and divided by the number of relevant documents."),
          new MetricFamily(
              "Recall", "The share of the relevant documents that is among the first k."),
          new MetricFamily("P", "The share of the first k documents that is relevant."),
          new MetricFamily(
              "Success",
              "1 if a relevant document is among the first k, else 0, as trec_eval computes it."),
          new MetricFamily(
              "MRR",
              "One divided by the rank of the first relevant document, 0 if it is not among the first k."),
          new MetricFamily(
              "R_cap",
              "The relevant documents among the first k, divided by the most that there could be: k, or the number of relevant documents if that is smaller."),
          new MetricFamily(
              "Hole",
              "The share of the first k documents that nobody has judged for any query. A high value suggests that the other metrics may be too low."),
          new MetricFamily(
              "Accuracy",
              "1 if a relevant document is among the first k, else 0, as BEIR computes it."),
          new MetricFamily(
              "RR",
              "One divided by the rank of the first relevant document, however low that rank is."));

  /** The families of these labels, in the order above. */
  static List<MetricFamily> of(Map<String, Double> means) {
    List<String> names =
        means.keySet().stream().map(label -> label.replaceFirst("@.*", "")).distinct().toList();
    return ALL.stream().filter(family -> names.contains(family.name)).toList();
  }
}
