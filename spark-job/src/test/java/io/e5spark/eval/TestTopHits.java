package io.e5spark.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.metric.ScoredDocument;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TestTopHits {
  private static List<ScoredDocument> found(int count) {
    return IntStream.range(0, count).mapToObj(i -> new ScoredDocument("d" + i, -i)).toList();
  }

  @Test
  void firstOnesAreKept() {
    TopHits hits = new TopHits();
    hits.add("many", found(100));
    hits.add("few", found(2));
    hits.add("none", found(0));
    assertThat(hits.of("many")).isEqualTo(found(TopHits.SHOWN));
    assertThat(hits.of("few")).hasSize(2);
    assertThat(hits.of("none")).isEmpty();
    assertThat(hits.of("unknown")).isEmpty();
  }
}
