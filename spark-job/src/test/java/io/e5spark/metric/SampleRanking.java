package io.e5spark.metric;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rankings whose metrics can be computed by hand. */
final class SampleRanking {
  private static final Map<String, Integer> GRADES =
      Map.of("three", 3, "one", 1, "zero", 0, "spam", -1, "lost", 2);
  private static final Set<String> JUDGED = Set.of("three", "one", "zero", "spam", "lost", "other");

  private SampleRanking() {}

  /**
   * Returns a ranking with a document without a judgement, and with documents of grades 1, -1 and
   * 3. A document of grade 2 was not found.
   */
  static JudgedRanking mixed() {
    return new JudgedRanking(List.of("unknown", "one", "spam", "three"), GRADES, JUDGED);
  }

  /** Returns the ideal ranking, which begins with the best document. */
  static JudgedRanking ideal() {
    return new JudgedRanking(List.of("three", "lost", "one"), GRADES, JUDGED);
  }

  /** Returns a ranking in which nothing was found. */
  static JudgedRanking empty() {
    return new JudgedRanking(List.of(), GRADES, JUDGED);
  }

  /** Returns a ranking for a query without relevant documents. */
  static JudgedRanking hopeless() {
    return new JudgedRanking(List.of("unknown", "zero"), Map.of("zero", 0), JUDGED);
  }
}
