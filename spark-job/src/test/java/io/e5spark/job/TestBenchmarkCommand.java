package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** The benchmarks run and say what they ran; what they measure is for people to judge. */
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

  @Test
  void searchOverRandomVectors() throws Exception {
    JsonNode report =
        run("--search", "--limit", "500", "--queries", "5", "--dimension", "16", "--k", "3");
    assertThat(report.get("rounds")).hasSize(1);
  }

  @Test
  void wrongSizesAreRefused() {
    Cli.Result result = Cli.run("benchmark", "--rounds", "0");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err().strip()).isEqualTo("e5-spark: Invalid rounds: 0 (must be at least 1)");
  }
}
