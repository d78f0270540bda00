package io.e5spark.doctor;

import io.e5spark.model.TemporaryDirectory;
import io.e5spark.platform.Count;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.stream.Stream;

/** Examines the directory of temporary files, which receives native libraries and models. */
final class DiskExamination {
  private static final long ENOUGH = 2L << 30;

  private final Findings findings;
  private final Path directory;

  DiskExamination(Findings findings) {
    this(findings, Path.of(System.getProperty("java.io.tmpdir")));
  }

  DiskExamination(Findings findings, Path directory) {
    this.findings = findings;
    this.directory = directory;
  }

  void look() {
    try {
      space();
      execution();
      leftovers();
    } catch (IOException e) {
      findings.problem(
          "disk",
          "cannot use %s (%s)".formatted(directory, e),
          "name another directory with -Djava.io.tmpdir");
    }
  }

  private void space() throws IOException {
    long free = Files.getFileStore(directory).getUsableSpace();
    String found =
        String.format(Locale.ROOT, "%s has %.1f GiB free", directory, free / (double) (1L << 30));
    if (free < ENOUGH) {
      findings.warning("disk", found, "native libraries and a large model take up to 2 GiB");
    } else {
      findings.ok("disk", found);
    }
  }

  /**
   * Files of a file system that is mounted with {@code noexec} cannot be executed, whatever their
   * mode is.
   */
  private void execution() throws IOException {
    if (!Files.getFileStore(directory).supportsFileAttributeView("posix")) {
      return;
    }
    Path probe =
        Files.createTempFile(
            directory,
            "e5-spark",
            ".probe",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try {
      if (!Files.isExecutable(probe)) {
        findings.problem(
            "disk",
            directory + " is mounted with noexec",
            "name another directory with -Djava.io.tmpdir, or one that holds the libraries with -Donnxruntime.native.path");
      }
    } finally {
      Files.delete(probe);
    }
  }

  private void leftovers() throws IOException {
    long runtimes = count("onnxruntime-java.*");
    if (runtimes > 0) {
      leftover(runtimes, "onnxruntime-java* of other programs or older versions");
    }
    long models = count("e5-spark-model[0-9]+") + TemporaryDirectory.abandoned(directory).size();
    if (models > 0) {
      leftover(models, "e5-spark-* of processes that were killed");
    }
  }

  private long count(String names) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.getFileName().toString().matches(names)).count();
    }
  }

  private void leftover(long directories, String ofWhat) {
    findings.warning(
        "disk",
        "%s holds %s %s".formatted(directory, Count.of(directories, "directory"), ofWhat),
        "delete the ones that no process uses");
  }
}
