package io.e5spark.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.platform.DataFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestBeirGroup {
  @TempDir Path directory;

  private BeirGroup group() {
    return BeirGroup.in(new DataFile(directory.toString(), new Configuration()));
  }

  private void corpus(String file) throws IOException {
    Files.createDirectories(directory.resolve(file).getParent());
    Files.writeString(directory.resolve(file), "");
  }

  @Test
  void folderWithACorpusIsSingle() throws IOException {
    corpus("corpus.jsonl");
    corpus("sub/corpus.jsonl");
    assertThat(group().isSingle()).isTrue();
    assertThat(group().folders())
        .extracting(DataFile::name)
        .containsExactly(directory.getFileName().toString());
  }

  @Test
  void foldersInAFolderAreSortedAndOthersLeftOut() throws IOException {
    corpus("b/corpus.jsonl.gz");
    corpus("a/corpus.jsonl");
    corpus("c/readme");
    corpus("file");
    assertThat(group().isSingle()).isFalse();
    assertThat(group().folders()).extracting(DataFile::name).containsExactly("a", "b");
  }

  @Test
  void nothingToEvaluateIsRefused() throws IOException {
    corpus("c/readme");
    assertThatThrownBy(this::group)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("neither it nor a folder in it has a corpus.jsonl");
    DataFile missing = new DataFile(directory.resolve("x").toString(), new Configuration());
    assertThatThrownBy(() -> BeirGroup.in(missing))
        .hasMessageContaining("there is no directory file:");
  }

  @Test
  void meansAreOverTheFoldersAndRounded() {
    assertThat(
            BeirGroup.means(
                List.of(
                    SampleEvaluation.report(Map.of("RR", 1.0)),
                    SampleEvaluation.report(Map.of("RR", 0.5)),
                    SampleEvaluation.report(Map.of()))))
        .isEqualTo(Map.of("RR", 0.5));
    assertThat(
            BeirGroup.means(
                List.of(
                    SampleEvaluation.report(Map.of("RR", 1.0)),
                    SampleEvaluation.report(Map.of("RR", 0.0)),
                    SampleEvaluation.report(Map.of("RR", 0.0)))))
        .containsEntry("RR", 0.33333);
  }
}
