package io.e5spark.cluster;

import io.e5spark.model.ModelDirectory;
import io.e5spark.model.ModelFiles;
import io.e5spark.model.ModelManifest;
import io.e5spark.model.PrivateDirectory;
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
import java.util.ArrayList;
import java.util.List;
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
    new PrivateDirectory(directory, "model cache", "--set model-cache").create();
    if (!isWhole(model, files, target)) {
      copyOnce(model, files, target);
    }
    return new ModelDirectory(model.location(), target);
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
