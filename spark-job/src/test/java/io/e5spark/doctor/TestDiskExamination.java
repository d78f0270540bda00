package io.e5spark.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestDiskExamination {
  @TempDir Path directory;

  private List<Finding> look(Path where) {
    Findings findings = new Findings("driver");
    new DiskExamination(findings, where).look();
    return findings.all();
  }

  @Test
  void leftoversOfKilledProcessesAreCounted() throws IOException {
    Files.createDirectory(directory.resolve("e5-spark-model123"));
    Files.createDirectory(directory.resolve("e5-spark-files-1-1-abc"));
    Files.createDirectory(directory.resolve("onnxruntime-java456"));
    assertThat(look(directory))
        .filteredOn(finding -> finding.level() == Finding.Level.WARNING)
        .extracting(Finding::found)
        .contains(
            directory + " holds 1 directory onnxruntime-java* of other programs or older versions",
            directory + " holds 2 directories e5-spark-* of processes that were killed");
  }

  @Test
  void directoriesInUseAreNoLeftovers() throws IOException {
    Files.createDirectory(directory.resolve("e5-spark-someone"));
    assertThat(look(directory))
        .extracting(Finding::found)
        .noneMatch(found -> found.contains("lie in"));
  }

  @Test
  void missingDirectoryIsAProblem() {
    assertThat(look(directory.resolve("missing")))
        .extracting(Finding::level)
        .containsExactly(Finding.Level.PROBLEM);
  }
}
