package io.e5spark.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quickstart notebook, executed by Jupyter where it is installed. */
class TestQuickstart {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

  /** The line of recalls, at 1, 3, 5 and 10. */
  private static final Pattern RECALL =
      Pattern.compile("(?m)^Recall(?:\\s+[\\d.]+){3}\\s+([\\d.]+)");

  @TempDir static Path directory;
  private static JsonNode notebook;

  @BeforeAll
  static void execute() throws Exception {
    assumeTrue(
        run("jupyter", "nbconvert", "--version") == 0,
        "Not executed: there is no Jupyter (apt-get install jupyter-nbconvert)");
    int code =
        run(
            HOME.resolve("scripts/jupyter.sh").toString(),
            "nbconvert",
            "--to",
            "notebook",
            "--execute",
            HOME.resolve("notebooks/quickstart.ipynb").toString(),
            "--output-dir",
            directory.toString());
    assertThat(code).as(Files.readString(directory.resolve("log"))).isZero();
    notebook = new ObjectMapper().readTree(directory.resolve("quickstart.ipynb").toFile());
  }

  private static int run(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(List.of(command))
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("log").toFile())
              .start();
      assertThat(process.waitFor(8, TimeUnit.MINUTES)).as("%s ends", command[0]).isTrue();
      return process.exitValue();
    } catch (IOException absent) {
      return 127;
    }
  }

  /** What the cells left of one kind, in their order. */
  private static List<String> outputs(String kind) {
    return notebook.findValues(kind).stream().map(TestQuickstart::text).toList();
  }

  private static String text(JsonNode lines) {
    if (lines.isTextual()) {
      return lines.asText();
    }
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line.asText()));
    return text.toString();
  }

  @Test
  void pictureOfScoresRecallAndVectorsEach() {
    assertThat(outputs("image/png")).hasSize(3).allMatch(picture -> picture.length() > 10_000);
  }

  @Test
  void searchFindsTheDoughThatDidNotRise() {
    List<String> tables = outputs("text/html");
    assertThat(tables.get(0)).contains("<td>200</td><td>384</td>");
    assertThat(tables.get(1)).containsSubsequence("<td>p002</td>", "<td>p068</td>");
  }

  @Test
  void recallInSqlIsThatOfTheCommand() {
    String printed = String.join("", outputs("text"));
    Matcher recall = RECALL.matcher(printed);
    assertThat(recall.find()).as(printed).isTrue();
    assertThat(outputs("text/html").get(2)).contains("<td>10</td><td>" + recall.group(1) + "</td>");
  }
}
