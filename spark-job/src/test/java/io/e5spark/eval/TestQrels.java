package io.e5spark.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.platform.DataFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestQrels {
  @TempDir Path directory;

  private DataFile file(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("file.txt"), text);
    return new DataFile(file.toString(), new Configuration());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "query-id\tcorpus-id\tscore\nq\ta\t2\nr\tb\t0\n",
        "q\ta\t2\nr\tb\t0\n",
        "\uFEFFq\ta\t2\nr\tb\t0\n",
        "any\tother header\tline\nq\ta\t2\nr\tb\t0",
        "query-id\tcorpus-id\tscore\r\n\"q\"\ta\t2\r\nr\tb\t0\r\n",
        "q 0 a 2\nr 0 b 0\n",
        "q\t0\ta\t2\nr\t0\tb\t0\n",
        "q 0\ta\t2\nr\t0 b\t0\n",
        "q\t0 a\t2\n\n  r   0\tb 0  \n",
        "\uFEFFq 0 a 2\nr 0 b 0\n",
        "\uFEFFquery-id\tcorpus-id\tscore\nq\ta\t2\nr\tb\t0\n"
      })
  void bothFormsAreRead(String text) throws IOException {
    Qrels qrels = Qrels.read(file(text));
    assertThat(qrels.judgements().byQuery())
        .isEqualTo(Map.of("q", Map.of("a", 2), "r", Map.of("b", 0)));
    assertThat(qrels.warnings()).isEmpty();
  }

  @Test
  void beirsIdsMayHaveBlanks() throws IOException {
    Qrels qrels = Qrels.read(file("query-id\tcorpus-id\tscore\nq 1\tx y\t1\n"));
    assertThat(qrels.judgements().of("q 1")).containsExactlyEntriesOf(Map.of("x y", 1));
  }

  @Test
  void lastOfTwoJudgementsHoldsForBeir() throws IOException {
    Qrels qrels = Qrels.read(file("query-id\tcorpus-id\tscore\nq\ta\t1\nq\ta\t2\n"));
    assertThat(qrels.judgements().of("q")).containsEntry("a", 2);
    assertThat(qrels.warnings())
        .singleElement()
        .asString()
        .endsWith("line 3: document a is judged twice for query q; the last grade counts");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n \n",
        "query-id\tcorpus-id\tscore\n",
        "q 0 a x",
        "q 0 a 1.5",
        "q 0 a 1\nq 0 a 1",
        "q 0 a 1\nq a 1",
        "query-id\tcorpus-id\tscore\nq\ta\tb\t1",
        "q 0 a 99999999999"
      })
  void whatIsNoJudgementIsRefused(String text) throws IOException {
    DataFile file = file(text);
    assertThatThrownBy(() -> Qrels.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot read qrels ");
  }
}
