package io.e5spark.importer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A directory that is written beside its place and moved there when it is complete. Otherwise it is
 * deleted, even if a signal ends the process.
 */
final class UnfinishedDirectory implements AutoCloseable {
  /** The most attempts at exit, while the import may still write. */
  private static final int ATTEMPTS = 20;

  private static final long MILLISECONDS_BETWEEN = 50;

  private final Path path;
  private final Path target;
  private final Thread atExit = new Thread(this::deleteAtExit);

  private UnfinishedDirectory(Path path, Path target) {
    this.path = path;
    this.target = target;
  }

  /** An empty directory on the same file system as a target that does not exist. */
  static UnfinishedDirectory beside(Path target) throws IOException {
    Files.createDirectories(target.getParent());
    // Not a temporary directory, because only its owner could read it.
    Path path = Files.createDirectory(target.resolveSibling(".e5-import-" + UUID.randomUUID()));
    UnfinishedDirectory unfinished = new UnfinishedDirectory(path, target);
    Runtime.getRuntime().addShutdownHook(unfinished.atExit);
    return unfinished;
  }

  Path path() {
    return path;
  }

  void complete() throws IOException {
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The process is ending, and deletes the directory.
      return;
    }
    delete();
  }

  private void deleteAtExit() {
    for (int attempt = 0; attempt < ATTEMPTS && !isDeleted(); attempt++) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(MILLISECONDS_BETWEEN));
    }
  }

  private boolean isDeleted() {
    try {
      delete();
      return Files.notExists(path);
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private void delete() {
    try {
      for (Path file : files()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete %s: %s".formatted(path, e.getMessage()), e);
    }
  }

  /** All that is left, the directory last. */
  private List<Path> files() throws IOException {
    if (Files.notExists(path)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(path)) {
      return paths.sorted(Comparator.reverseOrder()).toList();
    }
  }
}
