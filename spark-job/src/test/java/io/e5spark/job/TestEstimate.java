package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.e5spark.config.Truncation;
import io.e5spark.estimate.TokenCounts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that an estimate agrees with what the job does afterwards. */
class TestEstimate {
  @TempDir Path directory;

  @Test
  void tokensAreThoseOfTheJob() throws Exception {
    Path input = directory.resolve("rows.jsonl");
    String words = "grain ".repeat(700);
    Files.writeString(
        input,
        """
        {"id":1,"text":"salt"}
        {"id":2,"text":"salt"}
        {"id":3,"text":null}
        {"id":4,"text":"a loaf of bread with salt, flour and water in it"}
        {"id":5,"text":"%s"}
        """
            .formatted(words));
    Cli.Result result =
        Cli.run("estimate", "--input", input.toString(), "--json", "--price-per-hour", "36000");
    assertThat(result.code()).as(result.err()).isZero();
    JsonNode estimate = new ObjectMapper().readTree(result.out());
    Cli.Result job =
        Cli.run(
            "embed",
            "--input",
            input.toString(),
            "--output",
            directory.resolve("v").toString(),
            "--set",
            "deduplicate=false",
            "--json");
    JsonNode done = new ObjectMapper().readTree(job.out());
    assertThat(estimate.get("tokens").asLong()).isEqualTo(done.get("tokens").asLong());
    assertThat(estimate.at("/texts").toString())
        .isEqualTo("{\"rows\":5,\"nulls\":1,\"duplicates\":1}");
    assertThat(estimate.at("/sample/truncated").asInt()).isEqualTo(1);
    assertThat(estimate.at("/sample/longest").asInt()).isGreaterThan(700);
    double hours = estimate.get("hours").asDouble();
    assertThat(hours).isPositive();
    assertThat(estimate.get("core_hours").asDouble()).isEqualTo(2 * hours);
    assertThat(estimate.get("cost").asDouble()).isEqualTo(36_000 * hours);
    Cli.Result refusing =
        Cli.run(
            "estimate",
            "--input",
            input.toString(),
            "--json",
            "--sample",
            "3",
            "--set",
            "truncate=fail");
    assertThat(refusing.code()).as(refusing.err()).isZero();
    assertThat(new ObjectMapper().readTree(refusing.out()).at("/sample/texts").asInt())
        .isEqualTo(3);
  }

  @Test
  void mistakesAreNamed() {
    assertThat(Cli.run("estimate", "--input", "x", "--sample", "0").err())
        .contains("Invalid sample: 0 (must be at least 1)");
    assertThat(Cli.run("estimate", "--input", "x", "--price-per-hour", "-1").err())
        .contains("Invalid price-per-hour: -1.0 (must not be negative)");
  }

  @Test
  void histogramHasEveryText() {
    int[] tokens = {3, 16, 17, 32, 33, 40, 600};
    TokenCounts counts = TokenCounts.of(tokens, 512, Truncation.CUT);
    assertThat(counts.histogram().stream().mapToLong(TokenCounts.Bar::texts).toArray())
        .containsExactly(2, 2, 2, 0, 0, 0, 1);
    assertThat(counts.histogram().get(6)).isEqualTo(new TokenCounts.Bar(513, 1024, 1));
    assertThat(counts.median()).isEqualTo(32);
    assertThat(counts.percentile95()).isEqualTo(600);
    assertThat(counts.mean())
        .isEqualTo(Arrays.stream(tokens).map(n -> Math.min(n, 512)).average().orElseThrow());
    List<String> lines = counts.chart().lines().toList();
    assertThat(lines).hasSize(7);
    assertThat(lines.get(0)).endsWith("█".repeat(40));
    assertThat(TokenCounts.of(new int[0], 512, Truncation.CUT).chart()).isEmpty();
    int[] thousand = IntStream.rangeClosed(1, 1_000).toArray();
    assertThat(TokenCounts.of(thousand, 512, Truncation.CUT).truncated()).isEqualTo(488);
    int[] two = {100, 700};
    assertThat(TokenCounts.of(two, 512, Truncation.FAIL).mean()).isEqualTo(50);
    assertThat(TokenCounts.of(two, 512, Truncation.WINDOW).mean()).isEqualTo(450);
  }
}
