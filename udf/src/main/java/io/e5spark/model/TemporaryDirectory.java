package io.e5spark.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * A directory that is deleted when it is closed or, if its process was killed, by the next process
 * that makes one. A lock on a file beside it says that it is in use; the system releases the lock
 * when the process ends.
 */
public final class TemporaryDirectory implements AutoCloseable {
  private static final String PREFIX = "e5-spark-files-";
  private static final String LOCK = ".lock";

  // A process that closes any channel to a file gives up all its locks on it, so that it must not
  // look at its own.
  private static final String OWN = PREFIX + ProcessHandle.current().pid() + "-" + started() + "-";

  private final Path path;
  private final FileChannel held;

  private TemporaryDirectory(Path path, FileChannel held) {
    this.path = path;
    this.held = held;
  }

  private static long started() {
    return ProcessHandle.current().info().startInstant().map(at -> at.toEpochMilli()).orElse(0L);
  }

  /**
   * Makes an empty directory among the temporary files, and deletes those of killed processes
   * there.
   *
   * @throws IOException if it cannot be made
   */
  public static TemporaryDirectory create() throws IOException {
    return createIn(Path.of(System.getProperty("java.io.tmpdir")));
  }

  static TemporaryDirectory createIn(Path parent) throws IOException {
    for (Path left : abandoned(parent)) {
      deleteAbandoned(left);
    }
    Path path = parent.resolve(OWN + UUID.randomUUID());
    FileChannel held =
        FileChannel.open(lockOf(path), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    TemporaryDirectory directory = new TemporaryDirectory(path, held);
    try {
      // The lock is taken before anything exists that others might delete.
      held.lock();
      new PrivateDirectory(path, "directory of temporary files", "-Djava.io.tmpdir").create();
      return directory;
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  private static Path lockOf(Path directory) {
    return directory.resolveSibling(directory.getFileName() + LOCK);
  }

  /** The path of the directory. */
  public Path path() {
    return path;
  }

  /**
   * The directories of killed processes.
   *
   * @param parent the directory to look in
   */
  public static List<Path> abandoned(Path parent) throws IOException {
    try (Stream<Path> files = Files.list(parent)) {
      return files.filter(TemporaryDirectory::isOthers).filter(TemporaryDirectory::isFree).toList();
    }
  }

  private static boolean isOthers(Path path) {
    String name = path.getFileName().toString();
    return name.startsWith(PREFIX) && !name.startsWith(OWN) && Files.isDirectory(path);
  }

  private static boolean isFree(Path directory) {
    return whileLocked(directory, () -> {});
  }

  private static void deleteAbandoned(Path directory) {
    whileLocked(directory, () -> deleteTree(directory));
  }

  private interface Step {
    void run() throws IOException;
  }

  /** Whether the lock is free, which a living process holds; false for the lock of another user. */
  private static boolean whileLocked(Path directory, Step step) {
    try (FileChannel channel =
            FileChannel.open(
                lockOf(directory), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        return false;
      }
      step.run();
      return true;
    } catch (IOException | OverlappingFileLockException e) {
      LoggerFactory.getLogger(TemporaryDirectory.class)
          .debug("{} stays: {}", directory, e.getMessage());
      return false;
    }
  }

  /** Deletes the lock last, because without it nobody would look at the rest again. */
  private static void deleteTree(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> paths = Files.walk(directory)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      }
    }
    Files.deleteIfExists(lockOf(directory));
  }

  /**
   * Deletes the directory.
   *
   * @throws UncheckedIOException if something in it remains
   */
  @Override
  public void close() {
    try (held) {
      deleteTree(path);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete %s: %s".formatted(path, e.getMessage()), e);
    }
  }
}
