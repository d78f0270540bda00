package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.config.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Tests that generated pages equal what the code generates. */
class TestGeneratedDocs {
  private static final Path REFERENCE = Path.of("../docs/reference");
  private static final Path EXAMPLE = Path.of("../conf/e5-spark.properties");

  @Test
  void commandsAreThoseOfTheProgram() throws IOException {
    assertPage("commands.md", commands());
  }

  @Test
  void settingsAreThoseOfTheExample() throws IOException {
    assertPage("settings.md", settings());
  }

  @Test
  void tokenBudgetsOfTheExampleAreThoseOfTheDevices() throws IOException {
    assertThat(settings())
        .contains(
            "0 uses %d on a CPU and %d on a GPU."
                .formatted(Device.CPU.maxBatchTokens(), Device.CUDA.maxBatchTokens()));
  }

  private static void assertPage(String name, String made) throws IOException {
    Path page = REFERENCE.resolve(name);
    if (Boolean.getBoolean("e5.write-docs")) {
      Files.writeString(page, made);
    }
    assertThat(Files.readString(page))
        .as("mvn verify -Dtest=TestGeneratedDocs -De5.write-docs=true writes it")
        .isEqualTo(made);
  }

  private static String commands() {
    StringBuilder page =
        new StringBuilder(
            """
            # Commands

            For everyone who looks up an option. This page is what `scripts/e5-spark COMMAND --help` prints; the guides explain how to
            use the commands, for example [embed](../guide/embed.md), [search](../guide/search.md) and [evaluate](../guide/evaluate.md).
            `scripts/e5-spark generate-completion` prints a completion script for bash and zsh. `mvn -Pman -DskipTests package` makes man
            pages: `man -l spark-job/target/man/e5-spark-embed.1`.
            """);
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.ROOT);
    try {
      for (CommandLine command : TestDocs.commandLine().getSubcommands().values()) {
        append(page, command);
        command.getSubcommands().values().forEach(one -> append(page, one));
      }
    } finally {
      Locale.setDefault(before);
    }
    return page.toString();
  }

  private static void append(StringBuilder page, CommandLine command) {
    String name = command.getCommandSpec().qualifiedName().replaceFirst("e5-spark ", "");
    if (!name.equals("generate-completion")) {
      String usage = command.setUsageHelpWidth(100).getUsageMessage(Ansi.OFF);
      String clean = usage.replaceAll("[ \\t]+(?=\\R)", "").replaceAll("\\R", "\n").strip();
      page.append("\n## ").append(name).append("\n\n```\n").append(clean).append("\n```\n");
    }
  }

  private static String settings() throws IOException {
    StringBuilder page =
        new StringBuilder(
            """
            # Settings

            For everyone who wants to change how texts are embedded. This page is made from
            [conf/e5-spark.properties](../../conf/e5-spark.properties), which lists all settings with their defaults.

            <!-- not run: the tests of the settings read each of them -->
            ```sh
            scripts/e5-spark embed --input articles/ --output vectors/ --set max-tokens=256 --set on-error=null
            ```

            | where | how to write a setting |
            |---|---|
            | the command line | `--set max-tokens=256` |
            | a file for `--config` | `e5.max-tokens=256` |
            | Spark's configuration, `SET` in SQL | `spark.e5.max-tokens=256` |
            | one call in SQL | `e5_embed(text, 'passage', 'e5-small-v2', map('max-tokens', '256'))` |

            The command line overrides the file, and the file overrides Spark's configuration.

            | setting | default | meaning |
            |---|---|---|
            """);
    rows().forEach(row -> page.append(row).append('\n'));
    return page.toString();
  }

  /** Returns a row for each setting, with the comment above the setting. */
  private static List<String> rows() throws IOException {
    List<String> rows = new ArrayList<>();
    StringBuilder comment = new StringBuilder();
    for (String line : Files.readAllLines(EXAMPLE)) {
      if (line.startsWith("# ")) {
        comment.append(line.substring(1));
      } else if (line.startsWith("e5.")) {
        rows.add(row(line.split("=", 2), comment.toString().strip()));
      } else {
        comment.setLength(0);
      }
    }
    return rows;
  }

  private static String row(String[] setting, String meaning) {
    String value = setting[1].isEmpty() ? "" : "`" + setting[1] + "`";
    return "| `%s` | %s | %s |".formatted(setting[0].substring(3), value, meaning);
  }
}
