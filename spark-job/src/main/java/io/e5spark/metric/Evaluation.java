package io.e5spark.metric;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects the metrics of a run, query by query. Not thread-safe. */
public final class Evaluation {
  private static final int DECIMALS = 5;

  private final Judgements judgements;
  private final Set<String> judgedDocuments;
  private final List<Metric> metrics;
  private final Map<String, Map<String, Double>> perQuery = new LinkedHashMap<>();
  private int unjudged;

  /** An empty collection of metrics. */
  public Evaluation(Judgements judgements, List<Metric> metrics) {
    this.judgements = judgements;
    this.judgedDocuments = judgements.documents();
    this.metrics = metrics;
  }

  /**
   * Adds what the run found for a query; a query without judgements is counted and left out.
   *
   * @param found in the order of the run, each document once
   */
  public void add(String query, List<ScoredDocument> found) {
    if (!judgements.byQuery().containsKey(query)) {
      unjudged++;
      return;
    }
    Map<Convention, JudgedRanking> rankings = new LinkedHashMap<>();
    for (Convention convention : Convention.values()) {
      rankings.put(
          convention,
          new JudgedRanking(convention.ranked(found), judgements.of(query), judgedDocuments));
    }
    Map<String, Double> values = new LinkedHashMap<>();
    for (Metric metric : metrics) {
      JudgedRanking ranking = rankings.get(metric.convention());
      if (ranking == null) {
        throw new IllegalStateException("No ranking for " + metric);
      }
      values.put(metric.label(), metric.of(ranking));
    }
    perQuery.put(query, values);
  }

  /** The metrics of each evaluated query, unrounded, by label. */
  public Map<String, Map<String, Double>> perQuery() {
    return perQuery;
  }

  /** The number of queries that are both judged and in the run. */
  public int evaluated() {
    return perQuery.size();
  }

  /** The number of queries of the run that are not judged. */
  public int unjudged() {
    return unjudged;
  }

  /** The mean of each metric by label, rounded as BEIR rounds: to five digits, halves to even. */
  public Map<String, Double> means() {
    Map<String, Double> means = new LinkedHashMap<>();
    for (Metric metric : metrics) {
      int over = metric.convention() == Convention.BEIR ? judgements.byQuery().size() : evaluated();
      double sum = 0;
      for (Map<String, Double> values : perQuery.values()) {
        sum += values.getOrDefault(metric.label(), 0.0);
      }
      means.put(metric.label(), over == 0 ? 0 : rounded(sum / over));
    }
    return means;
  }

  /** Rounds as BEIR does: the exact binary value, to five digits, halves to even. */
  public static double rounded(double value) {
    return new BigDecimal(value).setScale(DECIMALS, RoundingMode.HALF_EVEN).doubleValue();
  }
}
