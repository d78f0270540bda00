package io.e5spark.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The directory of a Delta table that is to be made.
 *
 * @param location a path
 */
record WritableDirectory(TableLocation location) {
  private static final String PROBE = "_e5_write_check";

  /**
   * Checks that a table can be made here, in a directory that is made for it.
   *
   * @throws IllegalArgumentException if other files are here
   * @throws UncheckedIOException if nothing can be written here
   */
  void require() {
    Path path = location.path();
    // A first write that failed leaves a log without commits; a check that was killed, its file.
    if (!location.has(TableLocation.LOG) && !holdsOnly(List.of(PROBE))) {
      throw new IllegalArgumentException(
          "Cannot write to %s: it holds files that are no Delta table".formatted(location.name()));
    }
    FileSystem files = location.fileSystem(path);
    try {
      files.mkdirs(path);
      probe(files, new Path(path, PROBE));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot write to %s: %s".formatted(location.name(), e.getMessage()), e);
    }
  }

  boolean holdsOnly(List<String> names) {
    Path path = location.path();
    try {
      FileSystem files = location.fileSystem(path);
      return !files.exists(path)
          || Arrays.stream(files.listStatus(path))
              .map(file -> file.getPath().getName().replaceFirst("^\\.(.*)\\.crc$", "$1"))
              .allMatch(names::contains);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot read %s: %s".formatted(location.name(), e.getMessage()), e);
    }
  }

  private static void probe(FileSystem files, Path probe) throws IOException {
    files.create(probe).close();
    files.delete(probe, false);
  }
}
