package io.e5spark.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.e5spark.eval.Qrels;
import io.e5spark.eval.TrecRun;
import io.e5spark.platform.DataFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares metrics with the output of pytrec_eval and of BEIR's code for the same files. */
class TestMetricsParity {
  private static final Path DATA = Path.of("../../shared/data");
  private static final Map<String, String> PYTREC_NAMES =
      Map.of(
          "NDCG", "ndcg_cut", "MAP", "map_cut", "Recall", "recall", "P", "P", "Success", "success");

  @BeforeAll
  static void requireData() {
    assumeTrue(Files.exists(DATA), "Skipped: there is no ../../shared/data");
  }

  private static DataFile file(String name) {
    return new DataFile(DATA.resolve(name).toString(), new Configuration());
  }

  private static JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(DATA.resolve(name).toFile());
  }

  private static Evaluation evaluation(TrecRun run, Judgements judgements, boolean keepIdentical) {
    Evaluation evaluation = new Evaluation(judgements, Metrics.all());
    run.byQuery()
        .forEach(
            (query, found) ->
                evaluation.add(
                    query,
                    found.stream()
                        .filter(one -> keepIdentical || !one.document().equals(query))
                        .toList()));
    return evaluation;
  }

  @ParameterizedTest
  @ValueSource(strings = {"qrels.txt", "beir/qrels/test.tsv"})
  void stressRunGivesPytrecEvalsValues(String qrels) throws IOException {
    TrecRun run = TrecRun.read(file("trec_eval_stress/run.txt"));
    assertThat(run.warnings()).hasSize(1).first().asString().contains("score '12abc' was read as");
    Judgements judgements = Qrels.read(file("trec_eval_stress/" + qrels)).judgements();
    Evaluation evaluation = evaluation(run, judgements, true);
    JsonNode expected = json("trec_eval_stress/expected/pytrec_eval.json");
    assertThat(evaluation.perQuery().keySet())
        .containsExactlyInAnyOrderElementsOf(() -> expected.fieldNames());
    int compared = 0;
    for (var query : evaluation.perQuery().entrySet()) {
      for (var value : query.getValue().entrySet()) {
        String name = pytrecName(value.getKey());
        if (name != null) {
          assertThat(value.getValue())
              .as(query.getKey() + " " + name)
              .isCloseTo(expected.get(query.getKey()).get(name).doubleValue(), within(1e-12));
          compared++;
        }
      }
    }
    assertThat(compared).isEqualTo(5_146);
  }

  private static String pytrecName(String label) {
    if (label.equals("RR")) {
      return "recip_rank";
    }
    String[] parts = label.split("@", -1);
    return PYTREC_NAMES.containsKey(parts[0]) ? PYTREC_NAMES.get(parts[0]) + "_" + parts[1] : null;
  }

  @Test
  void stressRunGivesBeirsMeans() throws IOException {
    TrecRun run = TrecRun.read(file("trec_eval_stress/run.txt"));
    Judgements judgements = Qrels.read(file("trec_eval_stress/qrels.txt")).judgements();
    JsonNode expected = json("trec_eval_stress/expected/beir.json");
    Map<String, Double> kept = evaluation(run, judgements, true).means();
    Map<String, Double> dropped = evaluation(run, judgements, false).means();
    assertMeans(dropped, expected.get("ignore_identical_ids=True"), 24);
    assertMeans(kept, expected.get("ignore_identical_ids=False"), 24);
    assertMeans(
        kept,
        expected.get("custom(run queries restricted to judged ones; identical ids kept)"),
        18);
    assertMeans(
        kept,
        expected.get(
            "custom R_cap(run restricted to queries with a positive; divided by len(qrels))"),
        6);
  }

  private static void assertMeans(Map<String, Double> means, JsonNode expected, int count) {
    Map<String, Double> wanted = new HashMap<>();
    expected.fields().forEachRemaining(one -> wanted.put(one.getKey(), one.getValue().asDouble()));
    assertThat(wanted).hasSize(count);
    assertThat(means).containsAllEntriesOf(wanted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nfcorpus", "cranfield"})
  void realRunsGiveBeirsMeans(String dataset) throws IOException {
    TrecRun run = TrecRun.read(file(dataset + "/runs/bm25.top100.txt"));
    Judgements judgements = Qrels.read(file(dataset + "/qrels/test.tsv")).judgements();
    JsonNode expected = json(dataset + "/runs/bm25.beir.json");
    Set<String> without = new HashSet<>();
    expected.get("queries_without_hits").forEach(query -> without.add(query.asText()));
    Map<String, List<ScoredDocument>> all = new HashMap<>(run.byQuery());
    without.forEach(query -> all.put(query, List.of()));
    Evaluation evaluation = evaluation(new TrecRun(all, List.of()), judgements, false);
    assertMeans(evaluation.means(), expected.get("beir"), expected.get("beir").size());
  }
}
