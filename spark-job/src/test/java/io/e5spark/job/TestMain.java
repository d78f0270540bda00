package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class TestMain {
  private static String run(int code, String... arguments) {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out, true);
    assertThat(Main.run(writer, writer, arguments)).isEqualTo(code);
    return out.toString();
  }

  @Test
  void commandsAreThese() {
    CommandLine line = new CommandLine(new Main());
    assertThat(line.getSubcommands().keySet())
        .containsExactly(
            "embed",
            "migrate",
            "search",
            "sql",
            "evaluate",
            "metrics",
            "estimate",
            "doctor",
            "benchmark",
            "model",
            "generate-completion");
    assertThat(line.getSubcommands().get("model").getSubcommands().keySet())
        .containsExactly("import", "verify", "info");
  }

  @Test
  void helpListsThem() {
    assertThat(run(0, "--help")).contains("Usage: e5-spark", "embed", "Reads texts and writes");
    assertThat(run(0, "model", "import", "--help")).contains("--from=DIR", "--layout=NAME");
  }

  @Test
  void wrongArgumentsAreExplained() {
    assertThat(run(2)).contains("Missing required subcommand");
    assertThat(run(2, "embedd")).contains("Did you mean", "embed");
    assertThat(run(2, "embed", "--outptu", "x")).contains("--output");
  }
}
