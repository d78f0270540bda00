package io.e5spark.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.e5spark.config.InputType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests the example on the model card of intfloat/e5-small-v2, with its four scores times 100. */
class TestModelCardExample {
  private static final List<String> QUERIES =
      List.of("how much protein should a female eat", "summit define");
  private static final List<String> PASSAGES =
      List.of(
          "As a general guideline, the CDC's average requirement of protein for women ages 19 to 70 is"
              + " 46 grams per day. But, as you can see from this chart, you'll need to increase that if"
              + " you're expecting or training for a marathon. Check out the chart below to see how much"
              + " protein you should be eating each day.",
          "Definition of summit for English Language Learners. : 1  the highest point of a mountain :"
              + " the top of a mountain. : 2  the highest level. : 3  a meeting or series of meetings"
              + " between the leaders of two or more governments.");

  @Test
  void scoresEqualTheCards() {
    try (E5Embedder embedder = DefaultModel.open(Map.of())) {
      List<float[]> queries = DefaultModel.vectors(embedder, InputType.QUERY, QUERIES);
      List<float[]> passages = DefaultModel.vectors(embedder, InputType.PASSAGE, PASSAGES);
      double[][] expected = {{92.2717, 71.9775}, {73.0554, 90.5483}};
      for (int q = 0; q < 2; q++) {
        for (int p = 0; p < 2; p++) {
          assertThat(100 * DefaultModel.dot(queries.get(q), passages.get(p)))
              .isCloseTo(expected[q][p], within(1e-3));
        }
      }
    }
  }
}
