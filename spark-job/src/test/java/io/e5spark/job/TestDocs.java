package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Tests that everything that the documents name exists. */
class TestDocs {
  private static final Path HOME = Path.of("..");
  static final String LAUNCHER = "scripts/e5-spark ";
  private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]*)(?:#([^)\\s]*))?\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
  private static final Pattern TEST = Pattern.compile("\\b(Test[A-Z]\\w+)");
  private static final Pattern WORD =
      Pattern.compile("\"((?:\\\\.|[^\"\\\\])*)\"|'([^']*)'|(\\S+)");

  private static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>();
    for (Path folder : List.of(HOME, HOME.resolve("conf/databricks"))) {
      try (Stream<Path> files = Files.list(folder)) {
        files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
      }
    }
    documents.addAll(pages());
    return documents;
  }

  /** Returns the pages below docs/. */
  static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(HOME.resolve("docs"))) {
      List<Path> pages = files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
      assertThat(pages).hasSizeGreaterThan(10);
      return pages;
    }
  }

  @Test
  void linksLeadToFilesAndHeadings() throws IOException {
    for (Path document : documents()) {
      Matcher links = LINK.matcher(Files.readString(document));
      while (links.find()) {
        if (!links.group(1).startsWith("http")) {
          assertLink(document, links.group(1), links.group(2));
        }
      }
    }
  }

  private static void assertLink(Path document, String file, @Nullable String anchor)
      throws IOException {
    Path target = file.isEmpty() ? document : document.resolveSibling(file);
    assertThat(target).as("link in " + document).exists();
    if (anchor != null) {
      assertThat(anchors(target)).as("link to %s in %s", file, document).contains(anchor);
    }
  }

  /** Returns the anchors of a page's headings, as forges and site generators make them. */
  private static Set<String> anchors(Path page) throws IOException {
    return HEADING
        .matcher(Files.readString(page))
        .results()
        .map(heading -> heading.group(1).strip().toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  @Test
  void blocksSayWhatRunsThem() throws IOException {
    List<Path> shown = new ArrayList<>(pages());
    shown.add(HOME.resolve("README.md"));
    for (Path document : shown) {
      assertThat(DocumentedBlock.of(document))
          .as("comments <!-- run by … --> or <!-- not run: … --> above blocks of " + document)
          .allMatch(DocumentedBlock::isMarked);
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

  /** Returns the lines that begin with the launcher, without the launcher. */
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
      words.add(matcher.group().replaceAll("^[\"']|[\"']$", "").replace("\\\"", "\""));
    }
    return words.toArray(String[]::new);
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
  }
}
