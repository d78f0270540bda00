package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests that the root pom alone defines versions, and that every other place agrees with it. */
class TestNamedVersions {
  private static final Path HOME = Path.of("..");
  private static final Pattern NAMED =
      Pattern.compile("(e5-spark|onnxruntime|chart\\.js)[a-z_-]*[-/: ](\\d+\\.\\d+\\.\\d+)");
  private static final Pattern LITERAL =
      Pattern.compile("\"[^\"\\n]*(?<![\\w.])(?!127\\.0\\.0\\.1)\\d+\\.\\d+\\.\\d+[^\"\\n]*\"");
  private static final Pattern PROFILE =
      Pattern.compile("(?s)<id>spark-[0-9.]+</id>\\s*<properties>(.*?)</properties>");

  private static String pom() throws IOException {
    return Files.readString(HOME.resolve("pom.xml"));
  }

  /** Returns the value of the first element with this name, and resolves references. */
  private static String element(String pom, String name) {
    Matcher found = Pattern.compile("<%1$s>([^<]*)</%1$s>".formatted(name)).matcher(pom);
    assertThat(found.find()).as(name).isTrue();
    String value = found.group(1);
    return value.startsWith("${") ? element(pom, value.replaceAll("[${}]", "")) : value;
  }

  private static List<Path> files(Path folder, String names) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> !file.toString().contains("/target/") && Files.isRegularFile(file))
          .filter(file -> file.getFileName().toString().matches(names))
          .sorted()
          .toList();
    }
  }

  @Test
  void programSaysThePomsVersion() throws IOException {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out, true);
    assertThat(Main.run(writer, writer, "--version")).isZero();
    assertThat(out.toString().strip()).isEqualTo("e5-spark " + element(pom(), "version"));
  }

  @Test
  void documentsScriptsAndExamplesNameNoOther() throws IOException {
    Map<String, String> versions =
        Map.of(
            "e5-spark", element(pom(), "version"),
            "onnxruntime", element(pom(), "onnxruntime.version"),
            "chart.js", element(pom(), "chart.js.version"));
    List<Path> places =
        new ArrayList<>(List.of(HOME.resolve("README.md"), HOME.resolve(".ci/run")));
    for (String folder : List.of("docs", "conf", "scripts", "notebooks", "deployment")) {
      places.addAll(files(HOME.resolve(folder), "(?!.*[.]png$).*"));
    }
    assertThat(places).hasSizeGreaterThan(50);
    for (Path place : places) {
      Matcher named = NAMED.matcher(Files.readString(place));
      while (named.find()) {
        assertThat(named.group(2))
            .as("%s in %s", named.group(), place)
            .isEqualTo(versions.get(named.group(1)));
      }
    }
  }

  @Test
  void changesListThisVersionBelowWhatIsNotReleased() throws IOException {
    List<String> headings =
        Files.readAllLines(HOME.resolve("CHANGES.md")).stream()
            .filter(line -> line.startsWith("## "))
            .toList();
    int released = headings.indexOf("## " + element(pom(), "version"));
    assertThat(released).as("this version in " + headings).isNotNegative();
    assertThat(headings.subList(0, released)).allMatch(line -> line.endsWith(" (unreleased)"));
  }

  @Test
  void tableOfSparksHasThoseOfTheProfiles() throws IOException {
    String page = Files.readString(HOME.resolve("docs/operations/deployment.md"));
    String spark = element(pom(), "spark.version");
    assertThat(page).contains("compiled against " + spark + ",");
    List<String> rows = new ArrayList<>(List.of(spark + " " + element(pom(), "delta.version")));
    Matcher profiles = PROFILE.matcher(pom());
    while (profiles.find()) {
      // A property of the profile may refer to a property of the pom.
      String all = profiles.group(1) + pom();
      rows.add(element(all, "spark.version") + " " + element(all, "delta.version"));
    }
    assertThat(rows).hasSize(4);
    for (String row : rows) {
      String[] versions = row.split(" ", -1);
      assertThat(page)
          .containsPattern(
              "(?m)^\\| %s \\| [0-9.]+ \\| %s \\|".formatted(versions[0], versions[1]));
    }
  }

  @Test
  void modulesHaveOnlyTheirParentsVersion() throws IOException {
    List<Path> poms = new ArrayList<>(files(HOME, "pom\\.xml"));
    assertThat(poms.remove(HOME.resolve("pom.xml"))).isTrue();
    assertThat(poms).hasSizeGreaterThanOrEqualTo(5);
    for (Path pom : poms) {
      String text = Files.readString(pom).replaceAll("<version>\\$\\{[^}]*}</version>", "");
      Matcher versions = Pattern.compile("<version>(.*?)</version>").matcher(text);
      assertThat(versions.results().map(one -> one.group(1)))
          .as(pom.toString())
          .containsExactly(element(pom(), "version"));
    }
  }

  @Test
  void programsHoldNoVersion() throws IOException {
    for (String module : List.of("udf", "spark-job")) {
      for (Path source : files(HOME.resolve(module).resolve("src/main/java"), ".*\\.java")) {
        // The Spark version in a function's description is fixed, whichever version the build uses.
        String text = Files.readString(source).replaceAll("SINCE = \".*\"", "");
        Matcher literal = LITERAL.matcher(text);
        assertThat(literal.results().map(one -> one.group())).as(source.toString()).isEmpty();
      }
    }
  }
}
