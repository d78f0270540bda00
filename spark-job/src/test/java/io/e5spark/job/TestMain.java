package io.e5spark.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class TestMain {
  @TempDir Path directory;

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
            "index",
            "sql",
            "evaluate",
            "evaluate-tasks",
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
  void helpInFrontIsUnderstood() {
    assertThat(run(0, "help")).isEqualTo(run(0, "--help"));
    assertThat(run(0, "help", "search")).isEqualTo(run(0, "search", "--help"));
    assertThat(run(0, "help", "model", "import")).isEqualTo(run(0, "model", "import", "--help"));
    assertThat(run(0, "help", "serach")).isEqualTo(run(0, "--help"));
  }

  @Test
  void wrongArgumentsAreExplained() {
    assertThat(run(2)).isEqualTo("e5-spark: Missing command (see e5-spark --help)\n");
    assertThat(run(2, "embedd"))
        .isEqualTo(
            "e5-spark: Unknown command: embedd, did you mean embed? (see e5-spark --help)\n");
    assertThat(run(2, "serach", "--query", "bread", "--k=3"))
        .isEqualTo(
            "e5-spark: Unknown command: serach, did you mean search? (see e5-spark --help)\n");
    assertThat(run(2, "serach", "search"))
        .isEqualTo(
            "e5-spark: Unknown command: serach, did you mean search? (see e5-spark --help)\n");
    assertThat(run(2, "--verbos", "serach")).contains("Unknown option: --verbos");
    assertThat(run(2, "model", "imprt"))
        .contains("Unknown command: imprt, did you mean import? (see e5-spark model --help)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "embed --inptu a --output b           | Unknown option: --inptu, did you mean --input?",
        "embed --inptu=a                      | Unknown option: --inptu, did you mean --input?",
        "embed --input a --output b --qqqqqqq | Unknown option: --qqqqqqq",
        "embed --input a --output b c         | Unknown argument: c",
        "embed --input a                      | Missing required option: '--output=PATH_OR_TABLE'",
        "embed --input a --output b --limit x | Invalid value for option '--limit': 'x' is not an int",
        "search --vectors a --qurey b         | Unknown option: --qurey, did you mean --query?"
      })
  void wrongArgumentsAreOneLine(String arguments, String message) {
    String command = arguments.split(" ", 2)[0];
    assertThat(run(2, arguments.split(" +")))
        .isEqualTo("e5-spark: %s (see e5-spark %s --help)\n".formatted(message, command));
  }

  @Test
  void valueThatBeginsWithAtIsTheValue() throws Exception {
    Path words = Files.writeString(directory.resolve("words"), "--help");
    assertThat(run(2, "model", "info", "@" + words)).contains("@" + words).doesNotContain("Usage");
  }

  @Test
  void valuesReachTheTerminalWithoutControlCharacters() {
    assertThat(run(2, "model", "info", "/no\u001b[2Jne")).contains("/no\\u001b[2Jne");
  }

  @Test
  void outputThatCannotBeWrittenIsAFailure() throws Exception {
    StringWriter err = new StringWriter();
    try (PrintWriter full = new PrintWriter(new FileWriter("/dev/full", UTF_8), true)) {
      assertThat(Main.run(full, new PrintWriter(err, true), "--help")).isEqualTo(1);
    }
    assertThat(err.toString()).startsWith("e5-spark: Cannot write to standard output");
  }

  @Test
  void shellsCompleteOptionsOfAFewValues() {
    assertThat(run(0, "generate-completion"))
        .contains(
            "(\"fail\" \"null\")", "(\"cut\" \"fail\" \"window\")", "(\"fp32\" \"fp16\" \"int8\")");
  }
}
