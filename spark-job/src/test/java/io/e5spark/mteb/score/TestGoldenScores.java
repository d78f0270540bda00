package io.e5spark.mteb.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.e5spark.mteb.Golden;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Compares every score with those of numpy, scipy and scikit-learn. */
class TestGoldenScores {
  private static final Offset<Double> EXACT = within(1e-12);

  private static double[] all(Similarity similarity, JsonObject one) {
    float[][] left = Golden.vectors(one.get("left"));
    float[][] right = Golden.vectors(one.get("right"));
    return IntStream.range(0, left.length)
        .mapToDouble(i -> similarity.of(left[i], right[i]))
        .toArray();
  }

  private static void assertScores(
      Map<String, Double> found, JsonObject expected, Offset<Double> tolerance, String name) {
    for (Map.Entry<String, JsonElement> score : expected.entrySet()) {
      if (found.containsKey(score.getKey())) {
        assertThat(found.get(score.getKey()))
            .as("%s %s", name, score.getKey())
            .isEqualTo(Golden.number(score.getValue()), tolerance);
      }
    }
  }

  @Test
  void sts() {
    for (JsonObject one : Golden.cases("sts.json")) {
      Map<Similarity, double[]> similarities = new EnumMap<>(Similarity.class);
      Arrays.stream(Similarity.values()).forEach(kind -> similarities.put(kind, all(kind, one)));
      double[] cosines = Golden.doubles(one.get("cosine"));
      assertThat(similarities.get(Similarity.COSINE)).containsExactly(cosines, EXACT);
      similarities.put(Similarity.COSINE, cosines);
      Map<String, Double> found = StsScores.of(Golden.doubles(one.get("gold")), similarities);
      assertThat(found).hasSize(6);
      assertScores(found, one.getAsJsonObject("expected"), EXACT, one.get("name").getAsString());
    }
  }

  private static void assertPairs(PairScores found, JsonObject expected, String name) {
    Map<String, Double> scores =
        Map.of(
            "accuracy", found.accuracy(),
            "accuracy_threshold", found.accuracyThreshold(),
            "f1", found.f1(),
            "precision", found.precision(),
            "recall", found.recall(),
            "f1_threshold", found.f1Threshold(),
            "ap", found.averagePrecision());
    assertThat(scores.keySet()).containsAll(expected.keySet());
    assertScores(scores, expected, EXACT, name);
  }

  @Test
  void pairsByScores() {
    for (JsonObject one : Golden.cases("pair_scores.json")) {
      boolean higher = one.get("higher_is_more_similar").getAsBoolean();
      PairScores found =
          PairScores.of(
              Golden.doubles(one.get("scores")),
              Golden.flags(one.get("labels")),
              higher ? Similarity.COSINE : Similarity.EUCLIDEAN);
      assertPairs(found, one.getAsJsonObject("expected"), one.get("name").getAsString());
    }
  }

  @Test
  void pairsByVectors() {
    for (JsonObject one : Golden.cases("pair_vectors.json")) {
      for (Similarity similarity : Similarity.values()) {
        String name = similarity.toString();
        double[] given = Golden.doubles(one.get(name));
        assertThat(all(similarity, one)).as(name).containsExactly(given, EXACT);
        PairScores found = PairScores.of(given, Golden.flags(one.get("labels")), similarity);
        assertPairs(found, one.getAsJsonObject("expected").getAsJsonObject(name), name);
      }
    }
  }

  private static RerankingScores.Candidates candidates(JsonElement sample) {
    JsonObject one = sample.getAsJsonObject();
    float[][] query = Golden.vectors(one.get("query"));
    float[][] positive = Golden.vectors(one.get("positive"));
    float[][] negative = Golden.vectors(one.get("negative"));
    double[] scores = new double[positive.length + negative.length];
    boolean[] relevant = new boolean[scores.length];
    for (int i = 0; i < scores.length; i++) {
      relevant[i] = i < positive.length;
      scores[i] =
          RerankingScores.score(query, relevant[i] ? positive[i] : negative[i - positive.length]);
    }
    return new RerankingScores.Candidates(scores, relevant);
  }

  @Test
  void reranking() {
    for (JsonObject one : Golden.cases("reranking.json")) {
      RerankingScores found =
          RerankingScores.of(
              one.getAsJsonArray("samples").asList().stream()
                  .map(TestGoldenScores::candidates)
                  .toList());
      JsonObject expected = one.getAsJsonObject("expected");
      String name = one.get("name").getAsString();
      assertThat(found.map()).as(name).isEqualTo(expected.get("map").getAsDouble(), EXACT);
      assertThat(found.mrr()).as(name).isEqualTo(expected.get("mrr").getAsDouble(), EXACT);
      assertThat(found.queries()).as(name).isEqualTo(expected.get("samples").getAsInt());
    }
  }

  private static RankedCandidates ranked(JsonElement run) {
    List<String> ids = List.copyOf(run.getAsJsonObject().keySet());
    int[] grades = new int[ids.size()];
    double[] scores = new double[ids.size()];
    for (int i = 0; i < scores.length; i++) {
      List<JsonElement> pair = run.getAsJsonObject().get(ids.get(i)).getAsJsonArray().asList();
      scores[i] = pair.get(0).getAsDouble();
      grades[i] = pair.get(1).getAsInt();
    }
    return new RankedCandidates(ids, grades, scores);
  }

  @Test
  void rankedCandidates() {
    for (JsonObject one : Golden.cases("reranking_v2.json")) {
      List<Map<String, Double>> found =
          one.getAsJsonArray("runs").asList().stream().map(run -> ranked(run).metrics()).toList();
      for (String metric : List.of("map_at_1000", "mrr_at_10")) {
        double mean =
            found.stream().mapToDouble(query -> query.get(metric)).average().orElseThrow();
        assertThat(mean)
            .as("%s %s", one.get("name").getAsString(), metric)
            .isEqualTo(one.getAsJsonObject("expected").get(metric).getAsDouble(), EXACT);
      }
    }
  }

  private static SummaryScores.Text text(JsonElement sample) {
    JsonObject one = sample.getAsJsonObject();
    return SummaryScores.Text.of(
        Golden.vectors(one.get("human")),
        Golden.vectors(one.get("machine")),
        Golden.doubles(one.get("gold")));
  }

  @Test
  void summaries() {
    for (JsonObject one : Golden.cases("summarization.json")) {
      List<SummaryScores.Text> texts =
          one.getAsJsonArray("samples").asList().stream().map(TestGoldenScores::text).toList();
      JsonObject expected = one.getAsJsonObject("expected");
      String name = one.get("name").getAsString();
      assertScores(SummaryScores.correlations(texts), expected, within(1e-10), name);
      SummaryScores.withPValues(texts)
          .forEach(
              (score, value) ->
                  assertThat(value)
                      .as("%s %s", name, score)
                      .isEqualTo(Golden.number(expected.get(score + "_with_p")), within(1e-10)));
    }
  }

  @Test
  void clusters() {
    for (JsonObject one : Golden.cases("v_measure.json")) {
      double found = VMeasure.of(Golden.strings(one.get("truth")), Golden.ints(one.get("found")));
      assertThat(found)
          .as(one.get("name").getAsString())
          .isEqualTo(one.get("expected").getAsDouble(), EXACT);
    }
  }

  @Test
  void classes() {
    for (JsonObject one : Golden.cases("classification_scores.json")) {
      Map<String, Double> found =
          ClassScores.of(Golden.ints(one.get("truth")), Golden.ints(one.get("found")));
      JsonObject expected = one.getAsJsonObject("expected");
      assertScores(found, expected, EXACT, one.get("name").getAsString());
      assertThat(found.containsKey("ap")).isEqualTo(expected.has("ap"));
    }
  }

  @Test
  void bitext() {
    for (JsonObject one : Golden.cases("bitext.json")) {
      float[][] right = Golden.vectors(one.get("right"));
      int[] found =
          Arrays.stream(Golden.vectors(one.get("left")))
              .mapToInt(vector -> BitextScores.nearest(vector, right))
              .toArray();
      Map<String, Double> scores = BitextScores.of(Golden.ints(one.get("gold")), found);
      assertThat(scores).hasSize(4);
      assertScores(scores, one.getAsJsonObject("expected"), EXACT, one.get("name").getAsString());
    }
  }
}
