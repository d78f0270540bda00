package io.e5spark.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Files on the disk of this host that one process copies and all others share. A file appears under
 * its name when it is complete. A file that is missing, has another size, or was written to since
 * is copied again, because processes are killed, and programs that tidy up temporary directories
 * delete single files. A process that has a file open keeps what it has.
 */
public final class HostCopies {
  private static final String UNFINISHED = ".unfinished-";

  /** The modification time of every copy, which shows that nobody wrote to it since. */
  private static final FileTime UNCHANGED = FileTime.from(Instant.parse("2001-01-01T00:00:00Z"));

  private final PrivateDirectory directory;

  /** Keeps copies in this directory. */
  public HostCopies(PrivateDirectory directory) {
    this.directory = directory;
  }

  /**
   * Copies of models.
   *
   * @param modelCache the directory that holds them, in which {@code {user}} stands for the name of
   *     the user
   */
  public static HostCopies ofModels(String modelCache) {
    Path directory = Path.of(modelCache.replace("{user}", System.getProperty("user.name")));
    return new HostCopies(new PrivateDirectory(directory, "model cache", "--set model-cache"));
  }

  /**
   * A file to copy.
   *
   * @param name relative to the directory of the copies, with {@code /}
   * @param bytes the size of the file
   * @param opening reads the file from its first byte
   */
  public record Source(String name, long bytes, Opening opening) {}

  /** Opens the original file. */
  public interface Opening {
    InputStream open() throws IOException;
  }

  /**
   * The directory with copies of these files.
   *
   * @param key distinguishes these files from all others that ever have the same names
   * @throws IOException if a file cannot be read or written, or others may write to the directory
   */
  public Path of(String key, List<Source> files) throws IOException {
    Path target = directory.path().resolve(key);
    directory.create();
    if (!areWhole(files, target)) {
      copyOnce(files, target);
    }
    return target;
  }

  private static boolean areWhole(List<Source> files, Path target) throws IOException {
    for (Source file : files) {
      if (!isWhole(file, target)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWhole(Source file, Path target) throws IOException {
    Path copy = target.resolve(file.name());
    return Files.exists(copy)
        && Files.size(copy) == file.bytes()
        && Files.getLastModifiedTime(copy).equals(UNCHANGED);
  }

  /**
   * The lock excludes other processes, and the monitor excludes other threads, which file locks do
   * not.
   */
  private static void copyOnce(List<Source> files, Path target) throws IOException {
    synchronized (HostCopies.class) {
      Path lock = target.resolveSibling(target.getFileName() + ".lock");
      try (FileChannel channel =
              FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = channel.lock()) {
        if (held.isValid()) {
          deleteUnfinished(target);
          copy(files, target);
        }
      }
    }
  }

  private static void copy(List<Source> files, Path target) throws IOException {
    for (Source file : files) {
      if (!isWhole(file, target)) {
        Path copy = target.resolve(file.name());
        Files.createDirectories(copy.getParent());
        Path unfinished = copy.resolveSibling(copy.getFileName() + UNFINISHED + UUID.randomUUID());
        try (InputStream in = file.opening().open()) {
          Files.copy(in, unfinished);
          store(unfinished);
          Files.move(unfinished, copy, StandardCopyOption.ATOMIC_MOVE);
        } finally {
          Files.deleteIfExists(unfinished);
        }
      }
    }
  }

  /** Without this, a file could be incomplete under its name after a power failure. */
  private static void store(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      Files.setLastModifiedTime(file, UNCHANGED);
      channel.force(true);
    }
  }

  /** Deletes what killed processes left behind. */
  private static void deleteUnfinished(Path target) throws IOException {
    if (!Files.isDirectory(target)) {
      return;
    }
    try (Stream<Path> files = Files.walk(target)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.getFileName().toString().contains(UNFINISHED)) {
          Files.delete(file);
        }
      }
    }
  }
}
