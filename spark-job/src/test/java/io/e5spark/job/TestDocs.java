package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** What the documents name exists. */
class TestDocs {
  private static final Path HOME = Path.of("..");
  private static final Path OPTIONS = HOME.resolve("docs/options.md");
  private static final String LAUNCHER = "scripts/e5-spark ";
  private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)(?:#[^)]*)?\\)");
  private static final Pattern TEST = Pattern.compile("\\b(Test[A-Z]\\w+)");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

  private static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>();
    for (Path folder : List.of(HOME, HOME.resolve("docs"), HOME.resolve("conf/databricks"))) {
      try (Stream<Path> files = Files.list(folder)) {
        files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
      }
    }
    assertThat(documents).hasSizeGreaterThan(10);
    return documents;
  }

  @Test
  void linksLeadToFiles() throws IOException {
    for (Path document : documents()) {
      Matcher links = LINK.matcher(Files.readString(document));
      while (links.find()) {
        String target = links.group(1);
        if (!target.startsWith("http")) {
          assertThat(document.resolveSibling(target)).as("link in " + document).exists();
        }
      }
    }
  }

  @Test
  void testsThatAreNamedExist() throws IOException {
    List<String> tests;
    try (Stream<Path> files = Files.walk(HOME)) {
      tests =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.startsWith("Test") && name.endsWith(".java"))
              .map(name -> name.replace(".java", ""))
              .toList();
    }
    for (Path document : documents()) {
      assertThat(TEST.matcher(Files.readString(document)).results().map(named -> named.group(1)))
          .as("tests in " + document)
          .isSubsetOf(tests);
    }
  }

  @Test
  void commandsAreUnderstood() throws IOException {
    int found = 0;
    for (Path document : documents()) {
      for (String line : commands(document)) {
        found++;
        String[] words = words(line);
        assertThatCode(() -> commandLine().parseArgs(words))
            .as("%s in %s", line, document)
            .doesNotThrowAnyException();
      }
    }
    assertThat(found).isGreaterThan(6);
  }

  /** What follows the launcher in the lines that begin with it. */
  static List<String> commands(Path document) throws IOException {
    return Files.readAllLines(document).stream()
        .filter(line -> line.startsWith(LAUNCHER))
        .map(line -> line.substring(LAUNCHER.length()))
        .toList();
  }

  static String[] words(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line.replaceAll("\\s+#.*", ""));
    while (matcher.find()) {
      words.add(matcher.group().replaceAll("^[\"']|[\"']$", ""));
    }
    return words.toArray(String[]::new);
  }

  private static CommandLine commandLine() {
    return new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Test
  void optionsAreThoseOfTheCommands() throws IOException {
    String options = options();
    if (Boolean.getBoolean("e5.write-docs")) {
      Files.writeString(OPTIONS, options);
    }
    assertThat(Files.readString(OPTIONS))
        .as("mvn verify -Dtest=TestDocs -De5.write-docs=true writes it")
        .isEqualTo(options);
  }

  private static String options() {
    StringBuilder page =
        new StringBuilder(
            """
            # Options

            What `scripts/e5-spark COMMAND --help` says; [commands.md](commands.md) explains it.
            `scripts/e5-spark generate-completion` prints a completion script for bash and zsh.
            """);
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.ROOT);
    try {
      for (CommandLine command : commandLine().getSubcommands().values()) {
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
}
