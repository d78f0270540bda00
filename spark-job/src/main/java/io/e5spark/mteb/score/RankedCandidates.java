package io.e5spark.mteb.score;

import io.e5spark.metric.AveragePrecision;
import io.e5spark.metric.Evaluation;
import io.e5spark.metric.Judgements;
import io.e5spark.metric.MeanReciprocalRank;
import io.e5spark.metric.Metric;
import io.e5spark.metric.Ndcg;
import io.e5spark.metric.Precision;
import io.e5spark.metric.Recall;
import io.e5spark.metric.ScoredDocument;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * The candidates of a query as MTEB 2 ranks them: like the result of a search, with equal scores by
 * descending id.
 *
 * @param ids the ids of the documents
 * @param grades the grades of the documents; relevant from 1
 * @param scores larger is nearer
 */
@SuppressWarnings("ArrayRecordComponent")
public record RankedCandidates(List<String> ids, int[] grades, double[] scores)
    implements Serializable {
  private static final String QUERY = "query";
  private static final List<Integer> CUTOFFS = List.of(1, 3, 5, 10, 20, 100, 1_000);
  private static final Map<String, IntFunction<Metric>> FAMILIES = families();

  private static Map<String, IntFunction<Metric>> families() {
    Map<String, IntFunction<Metric>> families = new LinkedHashMap<>();
    families.put("ndcg", Ndcg::new);
    families.put("map", AveragePrecision::new);
    families.put("recall", Recall::new);
    families.put("precision", Precision::new);
    families.put("mrr", MeanReciprocalRank::new);
    return families;
  }

  /** The metrics by MTEB's names, such as {@code map_at_1000}. */
  public Map<String, Double> metrics() {
    Map<String, Integer> judged = new HashMap<>();
    List<ScoredDocument> found = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      judged.put(ids.get(i), grades[i]);
      found.add(new ScoredDocument(ids.get(i), scores[i]));
    }
    found.sort(Comparator.comparing(ScoredDocument::document).reversed());
    Map<String, Metric> metrics = new LinkedHashMap<>();
    FAMILIES.forEach(
        (name, family) ->
            CUTOFFS.forEach(cutoff -> metrics.put(name + "_at_" + cutoff, family.apply(cutoff))));
    Evaluation evaluation =
        new Evaluation(new Judgements(Map.of(QUERY, judged)), List.copyOf(metrics.values()));
    evaluation.add(QUERY, found);
    Map<String, Double> values = new LinkedHashMap<>();
    metrics.forEach(
        (name, metric) ->
            values.put(
                name,
                evaluation
                    .perQuery()
                    .getOrDefault(QUERY, Map.of())
                    .getOrDefault(metric.label(), 0.0)));
    return values;
  }
}
