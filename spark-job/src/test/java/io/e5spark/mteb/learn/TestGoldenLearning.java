package io.e5spark.mteb.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.e5spark.mteb.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Compares samples, classifiers and clusters with those of numpy and scikit-learn. */
class TestGoldenLearning {
  /** The largest gradient at the expected coefficients, where the reference stopped. */
  private static final double WHERE_IT_STOPPED = 1e-4;

  private static final Path DATA = Path.of("../../shared/data/mteb");

  @Test
  void trainingSamples() throws IOException {
    int compared = 0;
    for (JsonObject one : Golden.cases("samples.json")) {
      Path train = DATA.resolve(one.get("train").getAsString().replace("mteb-data/", ""));
      if (!Files.exists(train)) {
        continue;
      }
      compared++;
      List<String> labels =
          Files.readAllLines(train).stream()
              .map(line -> com.google.gson.JsonParser.parseString(line).getAsJsonObject())
              .map(row -> row.get("label").getAsString())
              .toList();
      List<JsonElement> expected = one.getAsJsonArray("expected").asList();
      List<int[]> found =
          TrainingSamples.of(labels, one.get("samples_per_label").getAsInt(), expected.size());
      for (int experiment = 0; experiment < expected.size(); experiment++) {
        assertThat(found.get(experiment)).isEqualTo(Golden.ints(expected.get(experiment)));
      }
    }
    assertThat(compared).isPositive();
  }

  @Test
  void classifiers() {
    for (JsonObject one : Golden.cases("logistic_regression.json")) {
      JsonObject expected = one.getAsJsonObject("expected");
      int[] labels = Golden.ints(one.get("train_labels"));
      int classes = Arrays.stream(labels).max().orElseThrow() + 1;
      LogisticRegression found =
          LogisticRegression.train(Golden.vectors(one.get("train")), labels, classes);
      int[] predicted =
          Arrays.stream(Golden.vectors(one.get("test"))).mapToInt(found::classOf).toArray();
      assertThat(predicted)
          .as(one.get("name").getAsString())
          .isEqualTo(Golden.ints(expected.get("found_at_the_optimum")));
      assertCoefficients(found, expected.getAsJsonArray("coefficients_at_the_optimum").asList());
    }
  }

  private static void assertCoefficients(LogisticRegression found, List<JsonElement> expected) {
    for (int output = 0; output < expected.size(); output++) {
      double[] weights = Golden.doubles(expected.get(output));
      float[] zero = new float[weights.length];
      for (int i = 0; i < weights.length; i++) {
        float[] unit = zero.clone();
        unit[i] = 1;
        double weight = found.output(output, unit) - found.output(output, zero);
        assertThat(weight).isEqualTo(weights[i], within(WHERE_IT_STOPPED));
      }
    }
  }

  private static MiniBatchKMeans kMeans(JsonObject one, Draws draws) {
    return new MiniBatchKMeans(
        one.get("k").getAsInt(),
        one.get("batch_size").getAsInt(),
        one.get("n_init").getAsInt(),
        one.get("seed").getAsInt(),
        draws);
  }

  private static void assertClusters(JsonObject one, float[][] rows, Draws draws) {
    MiniBatchKMeans.Result found = kMeans(one, draws).fit(rows);
    JsonObject expected = one.getAsJsonObject("expected");
    String name = one.get("name").getAsString() + " " + draws;
    assertThat(found.labels()).as(name).isEqualTo(Golden.ints(expected.get("labels")));
    assertThat(found.steps()).as(name).isEqualTo(expected.get("steps").getAsInt());
  }

  private static String data(JsonObject one) {
    String name = one.get("name").getAsString();
    return name.substring(0, name.indexOf(" n_init"));
  }

  private static Draws draws(String version) {
    return switch (version) {
      case "1.2" -> Draws.UP_TO_1_2;
      case "1.3" -> Draws.FROM_1_3;
      case "1.9" -> Draws.FROM_1_9;
      default -> throw new IllegalArgumentException(version);
    };
  }

  @Test
  void clusters() {
    Map<String, float[][]> rows = new HashMap<>();
    for (JsonObject one : Golden.cases("mini_batch_k_means.json")) {
      rows.put(data(one), Golden.vectors(one.get("vectors")));
      assertClusters(one, rows.get(data(one)), Draws.UP_TO_1_2);
    }
    for (JsonObject one : Golden.cases("mini_batch_k_means_later.json")) {
      String version = one.get("draws").getAsString();
      assertClusters(one, rows.get(data(one)), draws(version));
    }
  }

  @Test
  void bootstrappedClusters() {
    for (JsonObject one : Golden.cases("clustering_v2.json")) {
      for (Map.Entry<String, JsonElement> expected : one.getAsJsonObject("expected").entrySet()) {
        assertBootstrapped(one, draws(expected.getKey()), expected.getValue().getAsJsonObject());
      }
    }
  }

  private static void assertBootstrapped(JsonObject one, Draws draws, JsonObject expected) {
    float[][] vectors = Golden.vectors(one.get("vectors"));
    List<List<String>> labels =
        one.getAsJsonArray("labels").asList().stream().map(Golden::strings).toList();
    BootstrappedClustering clustering =
        new BootstrappedClustering(
            one.get("max_documents_per_cluster").getAsInt(),
            one.get("n_clusters").getAsInt(),
            one.get("k_mean_batch_size").getAsInt(),
            draws);
    JsonElement most = one.get("max_document_to_embed");
    int[] documents = Golden.ints(expected.get("documents"));
    if (!most.isJsonNull()) {
      assertThat(clustering.sample(vectors.length, most.getAsInt())).isEqualTo(documents);
    }
    List<double[]> found =
        clustering.vMeasures(
            Arrays.stream(documents).mapToObj(i -> vectors[i]).toArray(float[][]::new),
            Arrays.stream(documents).mapToObj(labels::get).toList());
    JsonObject levels = expected.getAsJsonObject("v_measures");
    assertThat(found).hasSize(levels.size());
    for (int level = 0; level < found.size(); level++) {
      assertThat(found.get(level))
          .containsExactly(Golden.doubles(levels.get("Level " + level)), within(1e-12));
    }
  }
}
