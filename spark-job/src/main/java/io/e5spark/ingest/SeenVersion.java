package io.e5spark.ingest;

import io.e5spark.platform.TableHistory;
import io.e5spark.platform.TableLocation;
import java.util.Optional;

/**
 * The version of a Delta table that a stream saw last, in a file of its checkpoint.
 *
 * @param checkpoint the directory of the checkpoint
 * @param file the name of the file, which need not exist
 * @param history the versions that the table has now
 */
record SeenVersion(TableLocation checkpoint, String file, TableHistory history) {

  /**
   * A version.
   *
   * @param commit distinguishes it from another version with the same number
   */
  private record Version(long number, String commit) {}

  /** Whether the table still has this version; also true if nothing was recorded. */
  boolean isKept() {
    return seen().map(this::isStillThere).orElse(true);
  }

  /** A commit whose file was cleaned up proves nothing. */
  private boolean isStillThere(Version version) {
    return version.number <= history.newest().orElse(-1)
        && history.commit(version.number).map(version.commit::equals).orElse(true);
  }

  /** Whether the table was restored to an earlier version since. */
  boolean wentBack() {
    return seen().map(version -> history.wentBackAfter(version.number)).orElse(false);
  }

  /** Records a version, unless its commit is in no file. */
  void see(long version) {
    history
        .commit(version)
        .ifPresent(commit -> checkpoint.write(file, version + "\n" + commit + "\n"));
  }

  private Optional<Version> seen() {
    // An incomplete file is from a stream that was killed while it wrote the file.
    return checkpoint
        .text(file)
        .filter(text -> text.endsWith("\n"))
        .map(text -> text.lines().toList())
        .filter(lines -> lines.size() == 2)
        .map(lines -> new Version(Long.parseLong(lines.get(0)), lines.get(1)));
  }
}
