package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests {@code metrics} with runs and judgements that fit together, and with others that do not.
 */
class TestMetricsCommand {
  @TempDir Path directory;

  private Cli.Result metrics(String run, String qrels, String... more) throws IOException {
    Path found = Files.writeString(directory.resolve("run"), run);
    Path judged = Files.writeString(directory.resolve("qrels"), qrels);
    String[] arguments = {"metrics", "--run", found.toString(), "--qrels", judged.toString()};
    return Cli.withoutSession(
        java.util.stream.Stream.of(arguments, more)
            .flatMap(java.util.Arrays::stream)
            .toArray(String[]::new));
  }

  @Test
  void runOfOtherQueriesIsRefused() throws IOException {
    for (String option : new String[] {"--json", "--complete"}) {
      Cli.Result result = metrics("7 Q0 d 1 1.0 tag\n", "q7 0 d 1\n", option);
      assertThat(result.code()).isEqualTo(2);
      assertThat(result.err())
          .contains("none of the queries of run")
          .contains("the run has 7 and the judgements have q7");
    }
  }

  @Test
  void outputReplacesNothingThatIsRead() throws IOException {
    for (String read : new String[] {"run", "qrels"}) {
      Cli.Result result =
          metrics(
              "q Q0 d 1 1.0 tag\n", "q 0 d 1\n", "--output", directory.resolve(read).toString());
      assertThat(result.code()).isEqualTo(2);
      assertThat(result.err()).contains("Cannot write to " + directory.resolve(read));
      assertThat(directory.resolve(read)).content().startsWith("q ");
    }
    Cli.Result result =
        metrics("q Q0 d 1 1.0 tag\n", "q 0 d 1\n", "--output", directory.toString());
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("it is a directory (name a file)");
  }

  @Test
  void judgementsWithoutAHeaderAllCount() throws IOException {
    Cli.Result result = metrics("q Q0 d 1 1.0 tag\n", "q\td\t1\n");
    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("1 query judged, 1 in the run, 1 in both");
  }
}
