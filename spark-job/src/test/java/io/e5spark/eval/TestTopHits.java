package io.e5spark.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.metric.Judgements;
import io.e5spark.metric.ScoredDocument;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TestTopHits {
  private static List<ScoredDocument> found(int count) {
    return IntStream.range(0, count).mapToObj(i -> new ScoredDocument("d" + i, -i)).toList();
  }

  @Test
  void firstOnesAreKept() {
    TopHits hits = new TopHits(new Judgements(Map.of()));
    hits.add("many", found(100));
    hits.add("few", found(2));
    hits.add("none", found(0));
    assertThat(hits.of("many")).isEqualTo(found(TopHits.SHOWN));
    assertThat(hits.of("few")).hasSize(2);
    assertThat(hits.of("none")).isEmpty();
    assertThat(hits.of("unknown")).isEmpty();
  }

  @Test
  void ranksOfJudgedDocumentsAreKeptHoweverDeep() {
    Map<String, Integer> grades = Map.of("d42", 1, "gone", 2);
    TopHits hits = new TopHits(new Judgements(Map.of("many", grades)));
    hits.add("many", found(100));
    assertThat(hits.rank("many", "d42")).hasValue(43);
    assertThat(hits.rank("many", "gone")).isEmpty();
    assertThat(hits.rank("unknown", "d42")).isEmpty();
  }
}
