package io.e5spark.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.metric.ScoredDocument;
import io.e5spark.platform.DataFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestTrecRun {
  @TempDir Path directory;

  private DataFile file(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("file.txt"), text);
    return new DataFile(file.toString(), new Configuration());
  }

  @Test
  void documentsStandInTheOrderOfTheFile() throws IOException {
    TrecRun run = TrecRun.read(file("\uFEFFr Q0 b 9 1 t\nq\tQ0 a\t1 0.5 t\n\nr Q0 a 1 2 t\n"));
    assertThat(run.byQuery().keySet()).containsExactly("r", "q");
    assertThat(run.byQuery().get("r"))
        .containsExactly(new ScoredDocument("b", 1), new ScoredDocument("a", 2));
    assertThat(run.warnings()).isEmpty();
  }

  @Test
  void whatFollowsTheTagIsIgnoredWithOneWarning() throws IOException {
    TrecRun run = TrecRun.read(file("q Q0 a 1 2 my run\nq Q0 b 2 1 my run\n"));
    assertThat(run.byQuery().get("q")).hasSize(2);
    assertThat(run.warnings())
        .singleElement()
        .asString()
        .endsWith("line 1: what follows the tag is ignored");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "q Q0 a 1 2",
        "q Q0 a 1 x t",
        "q Q0 a 1 nan t",
        "q Q0 a 1 2 t\nq 0 a 2 1 t"
      })
  void whatIsNoRunIsRefused(String text) throws IOException {
    DataFile file = file(text);
    assertThatThrownBy(() -> TrecRun.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot read run ");
  }

  @Test
  void fieldsAreSeparatedByWhiteSpaceOfAscii() {
    assertThat(TrecRun.fields(" a\t\tb\u000b c ")).containsExactly("a", "b", "c");
    assertThat(TrecRun.fields("a\u00a0b")).containsExactly("a\u00a0b");
    assertThat(TrecRun.fields(" \t")).isEmpty();
  }
}
