package io.e5spark.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The directory of a Delta table to be made.
 *
 * @param name the name as the user gave it
 * @param path the path with its file system
 */
record WritableDirectory(String name, Path path, FileSystem files) {
  /** The directory of a Delta table's log, inside that of the table. */
  static final String LOG = "_delta_log";

  private static final String PROBE = "_e5_write_check";

  /**
   * Checks that a table can be made here, and leaves nothing behind.
   *
   * @throws IllegalArgumentException if other files are here
   * @throws UncheckedIOException if nothing can be written here
   */
  void require() {
    try {
      // A failed first write leaves a log without commits, and a killed check leaves its file.
      if (!files.exists(new Path(path, LOG)) && !holdsOnly(List.of(PROBE))) {
        throw new IllegalArgumentException(
            "Cannot write to %s: it holds files that do not belong to a Delta table"
                .formatted(name));
      }
      List<Path> missing = missing();
      files.mkdirs(path);
      Path probe = new Path(path, PROBE);
      files.create(probe).close();
      files.delete(probe, false);
      for (Path directory : missing) {
        files.delete(directory, false);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write to %s: %s".formatted(name, e.getMessage()), e);
    }
  }

  /** This directory and those above it that do not exist, the innermost first. */
  private List<Path> missing() throws IOException {
    List<Path> missing = new ArrayList<>();
    for (Path part = path; part != null && !files.exists(part); part = part.getParent()) {
      missing.add(part);
    }
    return missing;
  }

  /** Whether the directory holds only files with these names, and their checksums. */
  boolean holdsOnly(List<String> names) throws IOException {
    return !files.exists(path)
        || Arrays.stream(files.listStatus(path))
            .map(file -> file.getPath().getName().replaceFirst("^\\.(.*)\\.crc$", "$1"))
            .allMatch(names::contains);
  }
}
