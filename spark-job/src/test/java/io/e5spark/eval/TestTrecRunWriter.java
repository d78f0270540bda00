package io.e5spark.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.metric.ScoredDocument;
import io.e5spark.platform.DataFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestTrecRunWriter {
  @TempDir Path directory;

  @Test
  void ranksCountFromOneAndScoresAreSinglePrecision() throws IOException {
    Path file = directory.resolve("run.trec");
    DataFile run = new DataFile(file.toString(), new Configuration());
    try (TrecRunWriter writer = new TrecRunWriter(run)) {
      writer.write("q", List.of(new ScoredDocument("b\u00e9", 0.1), new ScoredDocument("a", -2)));
      writer.write("none", List.of());
      writer.write("r", List.of(new ScoredDocument("a", 1e-9)));
    }
    assertThat(Files.readAllLines(file))
        .containsExactly(
            "q Q0 b\u00e9 1 0.1 e5-spark", "q Q0 a 2 -2.0 e5-spark", "r Q0 a 1 1.0E-9 e5-spark");
    assertThat(TrecRun.read(run).byQuery().get("q").get(0).score()).isEqualTo(0.1);
  }

  @Test
  void placeThatCannotBeWrittenIsNamed() throws IOException {
    Files.writeString(directory.resolve("file"), "x");
    DataFile below =
        new DataFile(directory.resolve("file/run.trec").toString(), new Configuration());
    assertThatThrownBy(() -> new TrecRunWriter(below).close())
        .isInstanceOf(java.io.UncheckedIOException.class)
        .hasMessageStartingWith("Cannot write ");
  }
}
