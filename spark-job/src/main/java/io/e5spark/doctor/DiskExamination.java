package io.e5spark.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Looks at the directory of temporary files, where native libraries and models are laid. */
final class DiskExamination {
  private static final long ENOUGH = 2L << 30;

  private final Findings findings;
  private final Path directory = Path.of(System.getProperty("java.io.tmpdir"));

  DiskExamination(Findings findings) {
    this.findings = findings;
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

  /** Files of a file system that is mounted noexec cannot be executed, whatever their mode. */
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
            directory + " is mounted noexec",
            "name another directory with -Djava.io.tmpdir, or the libraries' own with -Donnxruntime.native.path");
      }
    } finally {
      Files.delete(probe);
    }
  }

  private void leftovers() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<String> left =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.startsWith("onnxruntime-java"))
              .toList();
      if (!left.isEmpty()) {
        findings.warning(
            "disk",
            String.format(
                Locale.ROOT,
                "%d directories onnxruntime-java* of other programs or older versions lie in %s",
                left.size(),
                directory),
            "delete those that no process uses");
      }
    }
  }
}
