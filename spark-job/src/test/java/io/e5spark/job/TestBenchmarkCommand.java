package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests that the benchmarks run and report what they ran. People judge the measured values. */
class TestBenchmarkCommand {
  private static JsonNode run(String... options) throws Exception {
    String[] arguments = new String[options.length + 4];
    System.arraycopy(options, 0, arguments, 4, options.length);
    arguments[0] = "benchmark";
    arguments[1] = "--rounds";
    arguments[2] = "1";
    arguments[3] = "--json";
    Cli.Result result = Cli.run(arguments);
    assertThat(result.code()).as(result.err()).isZero();
    return new ObjectMapper().readTree(result.out());
  }

  @Tag("slow")
  @Test
  void modelAgainstItself() throws Exception {
    JsonNode report = run("--against", "e5-small-v2");
    assertThat(report.get("against").asText()).isEqualTo("e5-small-v2");
    assertThat(report.get("shapes")).hasSize(4);
    for (JsonNode shape : report.get("shapes")) {
      assertThat(shape.get("times_faster").asDouble()).isBetween(0.1, 10.0);
      assertThat(shape.get("rounds")).hasSize(1);
    }
  }

  @Tag("slow")
  @Test
  void searchOverRandomVectors() throws Exception {
    JsonNode report =
        run("--search", "--limit", "500", "--queries", "5", "--dimension", "16", "--k", "3");
    assertThat(report.get("rounds")).hasSize(1);
  }

  @Tag("slow")
  @Test
  void joinOverRandomVectors() throws Exception {
    JsonNode report =
        run("--join", "--limit", "500", "--queries", "5", "--dimension", "16", "--k", "3");
    assertThat(report.get("rounds")).hasSize(1);
    assertThat(report.get("median").get("join_pairs").asDouble()).isPositive();
  }

  @Tag("slow")
  @Test
  void mergesOfOneChangedRow() throws Exception {
    java.nio.file.Path texts = java.nio.file.Files.createTempFile("texts", ".jsonl");
    java.nio.file.Files.writeString(
        texts, "{\"id\":\"a\",\"text\":null}\n{\"id\":\"b\",\"text\":\"Bread and salt.\"}\n");
    JsonNode report = run("--merges", "--input", texts.toString(), "--limit", "3");
    java.nio.file.Files.delete(texts);
    assertThat(report.get("rounds")).hasSize(1);
    assertThat(report.at("/median/cpu_seconds").asDouble()).isPositive();
  }

  @Test
  void wrongSizesAreRefused() {
    Cli.Result result = Cli.run("benchmark", "--rounds", "0");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err().strip()).isEqualTo("e5-spark: Invalid rounds: 0 (must be at least 1)");
  }

  @Test
  void shapesAndUtilization() throws Exception {
    java.nio.file.Path page = java.nio.file.Files.createTempFile("shapes", ".md");
    JsonNode report =
        run(
            "--shapes",
            "--set",
            "max-tokens=16",
            "--peak-tflops",
            "0.1",
            "--append",
            page.toString());
    assertThat(report.get("peak").asDouble()).isEqualTo(0.1);
    assertThat(report.get("shapes")).hasSize(4);
    for (JsonNode shape : report.get("shapes")) {
      // A token takes 24 x 12 x 384 x 384 operations for products with weights, and 4 x 12 x 384 x
      // 16 operations for attention.
      double perToken = 24.0 * 12 * 384 * 384 + 4.0 * 12 * 384 * 16;
      double expected = shape.get("per_cpu_second").asDouble() * perToken / 0.1e12;
      assertThat(shape.get("utilization").asDouble())
          .isCloseTo(expected, org.assertj.core.api.Assertions.withinPercentage(0.1));
    }
    assertThat(page).content().contains("| 16 | 32 |").contains("| 16 | 256 |");
    java.nio.file.Files.delete(page);
  }
}
