package io.e5spark.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** The available metrics. */
public final class Metrics {
  /** The cut-offs that BEIR reports. */
  public static final List<Integer> CUTOFFS = List.of(1, 3, 5, 10, 100, 1000);

  private Metrics() {}

  /** All metrics, at BEIR's cut-offs, in the order of its reports. */
  public static List<Metric> all() {
    return all(CUTOFFS);
  }

  /** All metrics at these cut-offs. */
  public static List<Metric> all(List<Integer> cutoffs) {
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
