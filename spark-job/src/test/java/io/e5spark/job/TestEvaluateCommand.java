package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests the evaluation of the project's sample with the real model. */
class TestEvaluateCommand {
  private static final String SAMPLE = "../notebooks/sample";
  @TempDir static Path directory;
  private static Path output;
  private static Cli.Result first;

  @BeforeAll
  static void evaluate() {
    output = directory.resolve("sample");
    first = Cli.run("evaluate", "--dataset", SAMPLE, "--output", output.toString());
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  private static JsonNode metrics() throws IOException {
    return json(Files.readString(output.resolve("metrics.json")));
  }

  @Test
  void leavesRunMetricsAndReport() throws IOException {
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.out()).contains("NDCG").contains("20 queries, 200 documents, 138 judgements");
    JsonNode metrics = metrics();
    assertThat(metrics.at("/metrics/NDCG@10").doubleValue()).isCloseTo(0.6201, within(0.004));
    assertThat(metrics.at("/counts/documents").intValue()).isEqualTo(200);
    assertThat(metrics.get("document_type").asText()).isEqualTo("passage");
    assertThat(metrics.at("/settings/max_tokens").intValue()).isEqualTo(512);
    assertThat(Files.readAllLines(output.resolve("run.trec")))
        .hasSize(20 * 200)
        .first()
        .asString()
        .matches("q01 Q0 p\\d{3} 1 0\\.\\d+ e5-spark");
  }

  @Test
  void metricsOfTheRunAreTheSame() throws IOException {
    Path file = directory.resolve("again.json");
    Cli.Result result =
        Cli.run(
            "metrics",
            "--run",
            output.resolve("run.trec").toString(),
            "--qrels",
            SAMPLE + "/qrels/test.tsv",
            "--output",
            file.toString(),
            "--json");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(json(result.out()).get("metrics")).isEqualTo(metrics().get("metrics"));
    assertThat(json(Files.readString(file)).get("per_query"))
        .isEqualTo(json(Files.readString(output.resolve("metrics-per-query.json"))));
  }

  @Test
  void secondEvaluationUsesTheVectorsAgainAndComparesAndGates() throws IOException {
    Path copy = directory.resolve("before");
    Files.createDirectories(copy);
    Files.copy(output.resolve("metrics-per-query.json"), copy.resolve("metrics-per-query.json"));
    Cli.Result second =
        Cli.run(
            "evaluate",
            "--dataset",
            SAMPLE,
            "--output",
            output.toString(),
            "--baseline",
            copy.toString(),
            "--min",
            "ndcg@10=0.99");
    assertThat(second.code()).isEqualTo(3);
    assertThat(second.err())
        .doesNotContain("Embedding")
        .contains("e5-spark: NDCG@10 is 0.6")
        .contains("below the minimum of 0.99");
    assertThat(second.out())
        .contains("20 queries in both")
        .containsPattern("NDCG@10 +0\\.6\\d+ +0\\.6\\d+ +\\+0\\.00000 +1\\.0000")
        .doesNotContain("Moved");
  }

  @Test
  void anotherTypeOfDocumentsIsEmbeddedAnewAndTheDifferenceTold() {
    Cli.Result queries =
        Cli.run(
            "evaluate",
            "--dataset",
            SAMPLE,
            "--output",
            directory.resolve("as-queries").toString(),
            "--document-type",
            "query",
            "--baseline",
            output.toString(),
            "--k",
            "20",
            "--min",
            "ndcg@10=0.1");
    assertThat(queries.code()).as(queries.err()).isZero();
    assertThat(queries.err()).contains("Embedding documents (200)");
    assertThat(queries.out()).contains("Moved").contains("NDCG@10 ").doesNotContain("NDCG@100");
  }

  @Test
  void groupOfFoldersIsAveraged() throws IOException {
    Path group = directory.resolve("group");
    folder(group.resolve("a"), "a salty soup");
    folder(group.resolve("b"), "a bicycle chain");
    Path results = directory.resolve("group-results");
    Cli.Result result =
        Cli.run(
            "evaluate", "--dataset", group.toString(), "--output", results.toString(), "--json");
    assertThat(result.code()).as(result.err()).isZero();
    JsonNode report = json(result.out());
    assertThat(report.get("evaluations")).hasSize(2);
    double a = report.at("/evaluations/0/metrics/NDCG@1").doubleValue();
    double b = report.at("/evaluations/1/metrics/NDCG@1").doubleValue();
    assertThat(report.at("/metrics/NDCG@1").doubleValue()).isEqualTo((a + b) / 2);
    assertThat(report.at("/evaluations/0/metrics/Accuracy@1"))
        .as("a query that the folder lacks is left out of all metrics")
        .isEqualTo(report.at("/evaluations/0/metrics/NDCG@1"));
    assertThat(result.err())
        .contains("Warning: the data set lacks 1 judged query")
        .contains("Warning: the corpus lacks 1 judged document");
    assertThat(results.resolve("a/report.html")).exists();
    assertThat(Files.readString(results.resolve("a/report.html")))
        .contains("\\u003cscript>alert(1)\\u003c/script>")
        .doesNotContain("<script>alert(1)");
    Cli.Result compared =
        Cli.run(
            "evaluate",
            "--dataset",
            group.toString(),
            "--output",
            results.toString(),
            "--baseline",
            output.toString());
    assertThat(compared.code()).isEqualTo(2);
    assertThat(compared.err()).contains("Cannot compare a folder of folders").contains("[a, b]");
  }

  private static void folder(Path folder, String relevant) throws IOException {
    Files.createDirectories(folder.resolve("qrels"));
    Files.writeString(
        folder.resolve("corpus.jsonl"),
        """
        {"_id":"1","title":"","text":"%s"}
        {"_id":"2","title":"","text":"<script>alert(1)</script> rain in the mountains"}
        """
            .formatted(relevant));
    Files.writeString(
        folder.resolve("queries.jsonl"),
        "{\"_id\":\"q\",\"text\":\"%s, please\"}\n{\"_id\":\"r\",\"text\":\"wet weather\"}\n"
            .formatted(relevant));
    Files.writeString(
        folder.resolve("qrels/test.tsv"),
        "query-id\tcorpus-id\tscore\nq\t1\t1\nq\tgone\t1\nr\t1\t1\nmissing\t1\t1\n");
  }

  @Test
  void folderWithoutTheJudgedQueriesIsRefusedBeforeTheWork() throws IOException {
    Path folder = directory.resolve("strange");
    folder(folder, "bread");
    Files.writeString(folder.resolve("queries.jsonl"), "{\"_id\":\"other\",\"text\":\"x\"}\n");
    Cli.Result result = evaluate(folder, directory.resolve("strange-results"));
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .contains("the data set has none of the queries that split test judges")
        .doesNotContain("Embedding");
    Cli.Result file = evaluate(folder, folder.resolve("queries.jsonl"));
    assertThat(file.code()).isEqualTo(2);
    assertThat(file.err()).contains("it is a file (name a directory)");
  }

  private static Cli.Result evaluate(Path folder, Path results) {
    return Cli.run("evaluate", "--dataset", folder.toString(), "--output", results.toString());
  }

  @Test
  void mistakesAreNamed() {
    assertThat(mistake("--min", "ndgc@10=0.3").err()).contains("Invalid min: ndgc@10");
    assertThat(mistake("--cutoffs", "0").err())
        .contains("Invalid cutoffs: 0 (must be from 1 to k, 1000)");
    assertThat(mistake("--split", "dev").err()).contains("it has no qrels/dev.tsv");
    assertThat(mistake("--baseline", directory.resolve("nothing").toString()).err())
        .contains("Cannot compare with");
    assertThat(mistake("--k", "0").err()).contains("Invalid k: 0 (must be at least 1)");
  }

  private static Cli.Result mistake(String... options) {
    List<String> all =
        new java.util.ArrayList<>(
            List.of(
                "evaluate",
                "--dataset",
                SAMPLE,
                "--output",
                directory.resolve("mistake").toString()));
    all.addAll(List.of(options));
    Cli.Result result = Cli.run(all.toArray(String[]::new));
    assertThat(result.code()).isEqualTo(2);
    return result;
  }

  @Test
  @Timeout(120)
  void browserShowsTheReport() throws Exception {
    Optional<Path> browser = browser();
    assumeTrue(browser.isPresent(), "Skipped: no chromium or google-chrome on the PATH");
    Path page = directory.resolve("page.html");
    Process process =
        new ProcessBuilder(
                browser.get().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--user-data-dir=" + directory.resolve("browser"),
                "--dump-dom",
                output.resolve("report.html").toUri() + "#query=q16")
            .redirectOutput(page.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
    String dom = Files.readString(page);
    assertThat(dom)
        .contains("data-charts=\"2\"")
        .contains("<b id=\"headline\">0.6")
        .contains("feel worse after dozing in the afternoon");
    assertThat(dom).contains("20 of 20 queries", "class=\"detail\"", "rank 1, score 0.");
  }

  private static Optional<Path> browser() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .flatMap(
            place ->
                List.of("chromium", "chromium-browser", "google-chrome").stream()
                    .map(name -> Path.of(place, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
