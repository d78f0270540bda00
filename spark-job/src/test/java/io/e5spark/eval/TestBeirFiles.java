package io.e5spark.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.job.TestSession;
import io.e5spark.platform.DataFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which BEIR folders, runs and judgements are read, and which are rejected. */
class TestBeirFiles {
  @TempDir Path directory;
  private final List<String> warnings = new ArrayList<>();

  @BeforeEach
  void folder() throws IOException {
    write("corpus.jsonl", "{\"_id\":\"d1\",\"title\":\"T\",\"text\":\"one\"}\n");
    write("queries.jsonl", "{\"_id\":\"q1\",\"text\":\" what? \"}\n");
    write("qrels/test.tsv", "query-id\tcorpus-id\tscore\r\nq1\td1\t1\r\n");
  }

  private void write(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private DataFile file(String name) {
    return new DataFile(directory.resolve(name).toString(), new Configuration());
  }

  private BeirDataset dataset() {
    return new BeirDataset(TestSession.spark(), file(""), warnings::add);
  }

  private static List<String> rows(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }

  @Test
  void titleAndTextAreJoinedAndStrippedQueriesAreNot() throws IOException {
    write(
        "corpus.jsonl",
        """
        {"_id":"1","title":" T ","text":"x\\u00a0\\n","metadata":{"a":1}}
        {"_id":"2","title":"","text":" y"}\r
        {"_id":"3","text":"z"}

        {"_id":"4","title":null,"text":"\\u2028 w\\u0085v \\u001f"}
        {"_id":5,"title":"only"}
        """);
    assertThat(rows(dataset().titledPassages()))
        .containsExactly("[1,T  x]", "[2,y]", "[3,z]", "[4,w\u0085v]", "[5,only]");
    assertThat(rows(dataset().untitledPassages())).contains("[1,x\u00a0\n]", "[2, y]", "[5,]");
    assertThat(rows(dataset().queries())).containsExactly("[q1, what? ]");
    assertThat(warnings).isEmpty();
  }

  @Test
  void lastOfTwoObjectsWithOneIdHolds() throws IOException {
    write(
        "corpus.jsonl",
        """
        {"_id":"1","title":"","text":"first"}
        {"_id":"2","title":"","text":"other"}
        {"_id":"1","title":"","text":"last"}
        """);
    BeirDataset dataset = dataset();
    assertThat(rows(dataset.titledPassages())).containsExactly("[1,last]", "[2,other]");
    assertThat(warnings).singleElement().asString().contains("repeats an earlier _id in 1 line");
  }

  @Test
  void compressedFilesAreRead() throws IOException {
    Files.delete(directory.resolve("corpus.jsonl"));
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(directory.resolve("corpus.jsonl.gz")))) {
      out.write("{\"_id\":\"z\",\"text\":\"packed\"}\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(rows(dataset().titledPassages())).containsExactly("[z,packed]");
  }

  @Test
  void whatIsNoBeirFolderIsNamed() throws IOException {
    write("corpus.jsonl", "{\"_id\":\"1\",\"text\":\"a\"}\nnot json\n");
    assertThatThrownBy(() -> dataset().titledPassages())
        .hasMessageContaining("corpus.jsonl: not every line is a JSON object, for example")
        .hasMessageContaining("not json");
    write("corpus.jsonl", "{\"text\":\"a\"}\n");
    assertThatThrownBy(() -> dataset().titledPassages())
        .hasMessageContaining("an object without _id");
    write("corpus.jsonl", "{\"_id\":\"a b\",\"text\":\"a\"}\n");
    assertThatThrownBy(() -> dataset().titledPassages())
        .hasMessageContaining("corpus.jsonl: the _id \"a b\" is empty or has white space");
    assertThatThrownBy(() -> dataset().qrels("dev"))
        .hasMessageContaining("it has no qrels/dev.tsv");
    Files.delete(directory.resolve("corpus.jsonl"));
    assertThatThrownBy(this::dataset).hasMessageContaining("it has no corpus.jsonl");
    assertThatThrownBy(() -> BeirGroup.in(file("nowhere")))
        .hasMessageContaining("there is no directory file:");
    assertThatThrownBy(() -> BeirGroup.in(file("")))
        .hasMessageContaining("neither it nor a folder in it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"text\":[\"a\",\"b\"]",
        "\"text\":{\"body\":\"a\"}",
        "\"title\":[[1]],\"text\":\"a\""
      })
  void textsThatAreNoStringsAreRefused(String fields) throws IOException {
    write(
        "corpus.jsonl",
        "{\"_id\":\"1\",\"text\":\"[a], {b}\"}\n{\"_id\":\"2\",%s}\n".formatted(fields));
    assertThatThrownBy(() -> dataset().titledPassages())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            " is a list or an object (must be a string), for example {\"_id\":\"2\"");
  }

  @Test
  void textsThatLookLikeJsonAreTexts() throws IOException {
    write(
        "corpus.jsonl",
        "{\"_id\":\"1\",\"text\":\"[\\\"a\\\"]\"}\n{\"_id\":\"2\",\"text\":\"{}\"}\n");
    assertThat(rows(dataset().titledPassages())).containsExactly("[1,[\"a\"]]", "[2,{}]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"set[1]", "a{b,c}", "x*", "w?"})
  void namesOfFoldersAreNoPatterns(String name) throws IOException {
    write(name + "/corpus.jsonl", "{\"_id\":\"right\",\"text\":\"one\"}\n");
    for (String other : List.of("set1", "ab", "xy", "wz")) {
      write(other + "/corpus.jsonl", "{\"_id\":\"wrong\",\"text\":\"one\"}\n");
    }
    BeirDataset folder = new BeirDataset(TestSession.spark(), file(name), warnings::add);
    assertThat(rows(folder.titledPassages())).containsExactly("[right,one]");
  }

  @Test
  void judgementsMayBeQuotedAndRepeated() throws IOException {
    write(
        "qrels/test.tsv",
        "query-id\tcorpus-id\tscore\r\nq1\t\"a\"\"b\"\t1\r\nq1\td\t1\r\nq1\td\t2\r\nq2\tx y\t0\r\n");
    Qrels qrels = dataset().qrels("test");
    assertThat(qrels.judgements().byQuery())
        .isEqualTo(Map.of("q1", Map.of("a\"b", 1, "d", 2), "q2", Map.of("x y", 0)));
    assertThat(qrels.warnings())
        .singleElement()
        .asString()
        .contains("line 4: document d is judged twice for query q1; the last grade counts");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "q 0 d x | line 1: grade 'x' (must be an integer)",
        "q 0 d 1;q d 1 | line 2: 3 fields (must be 4: query iteration document grade)",
        "q 0 d 1;q 0 d 2 | line 2: document d is judged twice for query q",
        "` ` | there are none",
      })
  void brokenJudgementsAreRefused(String lines, String message) throws IOException {
    write("qrels.txt", lines.replace(";", "\n"));
    assertThatThrownBy(() -> Qrels.read(file("qrels.txt")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "q Q0 a 1 0.5 | line 1: 5 fields (must be 6: query Q0 document rank score tag)",
        "q Q0 a 1 0.5 t;;q Q0 a 2 0.4 t | line 3: document a appears twice for query q",
        "q Q0 a 1 nan t | line 1: score 'nan' (must be a number)",
        "q Q0 a 1 high t | line 1: score 'high' (must be a number)",
        "; | it is empty",
      })
  void brokenRunsAreRefused(String lines, String message) throws IOException {
    write("run.txt", lines.replace(";", "\n"));
    assertThatThrownBy(() -> TrecRun.read(file("run.txt")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void scoresAreReadAsCReadsThem() throws IOException {
    write(
        "run.txt",
        "q Q0 a 1 0x10 t\nq\tQ0\tb\t2\t1e3\tt\nq Q0 c 3 -inf t\nq Q0 d 4 12abc t\nq Q0 e 5 .5 t\n");
    TrecRun run = TrecRun.read(file("run.txt"));
    assertThat(run.byQuery().get("q"))
        .extracting(one -> one.score())
        .containsExactly(16.0, 1_000.0, Double.NEGATIVE_INFINITY, 12.0, 0.5);
    assertThat(run.warnings())
        .singleElement()
        .asString()
        .endsWith("line 4: score '12abc' was read as 12.0");
  }

  @Test
  void missingFileAndBrokenTextAreNamed() throws IOException {
    assertThatThrownBy(() -> TrecRun.read(file("none.txt")))
        .hasMessageContaining("none.txt: there is no file file:");
    Files.write(directory.resolve("bytes.txt"), new byte[] {'q', (byte) 0xff, '\n'});
    assertThatThrownBy(() -> TrecRun.read(file("bytes.txt")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("it is not UTF-8 somewhere after line 0");
    assertThatThrownBy(() -> TrecRun.read(file("")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("it is a directory");
  }
}
