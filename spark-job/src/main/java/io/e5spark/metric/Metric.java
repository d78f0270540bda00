package io.e5spark.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** A number for one query's ranking, from 0 to 1; their mean stands for a run. */
public interface Metric {
  /** Cut-offs that BEIR reports. */
  List<Integer> CUTOFFS = List.of(1, 3, 5, 10, 100, 1000);

  /** Its name, with the cut-off after an at sign. */
  String label();

  /** The metric of one query. */
  double of(JudgedRanking ranking);

  /** Whose rules it follows. */
  default Convention convention() {
    return Convention.TREC_EVAL;
  }

  /** All metrics, at BEIR's cut-offs, in the order of its reports. */
  static List<Metric> all() {
    return all(CUTOFFS);
  }

  /** All metrics at these cut-offs. */
  static List<Metric> all(List<Integer> cutoffs) {
    List<Metric> all = new ArrayList<>();
    List<IntFunction<Metric>> families =
        List.of(
            Ndcg::new,
            AveragePrecision::new,
            Recall::new,
            Precision::new,
            Success::new,
            MeanReciprocalRank::new,
            CappedRecall::new,
            Hole::new,
            Accuracy::new);
    families.forEach(family -> cutoffs.forEach(cutoff -> all.add(family.apply(cutoff))));
    all.add(new ReciprocalRank());
    return all;
  }
}
