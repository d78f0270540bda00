package io.e5spark.sql;

import io.e5spark.model.ModelDirectory;
import io.e5spark.model.ModelFiles;
import io.e5spark.model.ModelManifest;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileUtil;

/**
 * Models of other file systems on this host's disk, copied once by whichever process comes first
 * and shared by all. A copy is complete when its directory exists; it is known by where the files
 * came from, their sizes and their times.
 *
 * @param directory where the copies are
 */
record HostCache(Path directory) {
  private static final String UNFINISHED = ".unfinished-";
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FOREIGN_WRITE =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  /**
   * The cache of a setting.
   *
   * @param setting a directory; {@code {user}} in it is the name of the user
   */
  static HostCache of(String setting) {
    return new HostCache(Path.of(setting.replace("{user}", System.getProperty("user.name"))));
  }

  /** This host's copy of a model. */
  ModelDirectory copy(HadoopModel model) throws IOException {
    List<String> files = files(model);
    String key = key(model, files);
    Path target = directory.resolve(key);
    createPrivate();
    if (!isWhole(model, files, target)) {
      copyOnce(model, files, target);
    }
    return new ModelDirectory(model.location(), target);
  }

  /** What others can write to could hold another model than the one that was copied. */
  private void createPrivate() throws IOException {
    if (!Files.getFileStore(existingParent()).supportsFileAttributeView("posix")) {
      Files.createDirectories(directory);
      return;
    }
    Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(PRIVATE));
    if (Files.getPosixFilePermissions(directory).stream().anyMatch(FOREIGN_WRITE::contains)) {
      throw new IOException(
          "others may write to the model cache %s, so that what lies there cannot be trusted (name a directory in it with --set model-cache=%s/{user})"
              .formatted(directory, directory));
    }
    if (!Files.getOwner(directory).equals(ownName())) {
      throw new IOException(
          "the model cache %s belongs to %s, not to this process's user (name another directory with --set model-cache=…)"
              .formatted(directory, Files.getOwner(directory)));
    }
  }

  /** As the file system has it; in a container the user may have no name. */
  private static UserPrincipal ownName() throws IOException {
    Path probe = Files.createTempFile("e5-spark", ".probe");
    try {
      return Files.getOwner(probe);
    } finally {
      Files.delete(probe);
    }
  }

  private Path existingParent() {
    Path parent = directory.toAbsolutePath();
    while (!Files.exists(parent) && parent.getParent() != null) {
      parent = parent.getParent();
    }
    return parent;
  }

  /** Programs that tidy up temporary directories delete single files. */
  private static boolean isWhole(HadoopModel model, List<String> files, Path copy)
      throws IOException {
    for (String file : files) {
      Path local = copy.resolve(file);
      if (!Files.exists(local) || Files.size(local) != model.status(file).getLen()) {
        return false;
      }
    }
    return true;
  }

  private static List<String> files(HadoopModel model) throws IOException {
    List<String> files = new ArrayList<>(model.graphFiles());
    files.add(ModelFiles.TOKENIZER);
    if (model.has(ModelManifest.FILE)) {
      files.add(ModelManifest.FILE);
    }
    return files;
  }

  private static String key(HadoopModel model, List<String> files) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String file : files) {
      FileStatus status = model.status(file);
      text.append(status.getPath()).append(' ').append(status.getLen()).append(' ');
      text.append(status.getModificationTime()).append('\n');
    }
    return UUID.nameUUIDFromBytes(text.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** The lock is between processes; the monitor, between threads, which file locks refuse. */
  private void copyOnce(HadoopModel model, List<String> files, Path target) throws IOException {
    synchronized (HostCache.class) {
      Path lock = target.resolveSibling(target.getFileName() + ".lock");
      try (FileChannel channel =
              FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = channel.lock()) {
        if (!isWhole(model, files, target) && held.isValid()) {
          FileUtil.fullyDelete(target.toFile());
          copyAll(model, files, target);
        }
      }
    }
  }

  private void copyAll(HadoopModel model, List<String> files, Path target) throws IOException {
    deleteUnfinished(target);
    Path unfinished =
        Files.createDirectory(
            target.resolveSibling(target.getFileName() + UNFINISHED + UUID.randomUUID()));
    try {
      for (String file : files) {
        Path copy = unfinished.resolve(file);
        Files.createDirectories(copy.getParent());
        try (InputStream in = model.open(file)) {
          Files.copy(in, copy);
        }
      }
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException e) {
      FileUtil.fullyDelete(unfinished.toFile());
      throw e;
    }
  }

  /** What processes left that ended while they copied. */
  private void deleteUnfinished(Path target) {
    String prefix = target.getFileName() + UNFINISHED;
    File[] found = directory.toFile().listFiles((parent, name) -> name.startsWith(prefix));
    for (File unfinished : found == null ? new File[0] : found) {
      FileUtil.fullyDelete(unfinished);
    }
  }
}
