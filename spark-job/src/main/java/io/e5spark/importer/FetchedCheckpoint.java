package io.e5spark.importer;

import io.e5spark.model.ModelDirectory;
import io.e5spark.model.TemporaryDirectory;
import io.e5spark.model.card.Modules;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.jspecify.annotations.Nullable;

/**
 * The files of a checkpoint on this machine: in their own directory, or in a copy that exists until
 * this object is closed.
 */
public final class FetchedCheckpoint implements AutoCloseable {
  private static final String POOLING = "1_Pooling";
  private static final String SAFETENSORS = ".safetensors";
  private static final List<String> WEIGHTS =
      List.of("model.safetensors", "model.safetensors.index.json");
  private static final List<String> READ = List.of(".json", SAFETENSORS, "vocab.txt");

  /**
   * The graph that is read if there are no safetensors; repositories have many other graphs beside
   * it.
   */
  private static final List<String> GRAPH =
      List.of("model.onnx", "model.onnx_data", "model.onnx.data");

  /** A file that is only named, in order to be rejected. */
  private static final List<String> REFUSED =
      List.of("pytorch_model.bin", "sentencepiece.bpe.model", "spiece.model", "tokenizer.model");

  private final ModelDirectory files;
  private final @Nullable TemporaryDirectory copy;

  private FetchedCheckpoint(ModelDirectory files, @Nullable TemporaryDirectory copy) {
    this.files = files;
    this.copy = copy;
  }

  /**
   * The checkpoint in a directory, on a local path or any Hadoop file system.
   *
   * @throws IllegalArgumentException if the directory does not exist
   */
  public static FetchedCheckpoint of(String location) {
    try {
      Path path = new Path(location);
      Configuration configuration = SparkHadoopUtil.get().newConfiguration(new SparkConf());
      FileSystem fileSystem = path.getFileSystem(configuration);
      if (!fileSystem.exists(path) || !fileSystem.getFileStatus(path).isDirectory()) {
        throw new IllegalArgumentException(
            "Cannot import %s: there is no directory %s (download the checkpoint first)"
                .formatted(location, fileSystem.makeQualified(path)));
      }
      if (fileSystem instanceof LocalFileSystem local) {
        return new FetchedCheckpoint(
            new ModelDirectory(location, local.pathToFile(path).toPath()), null);
      }
      return copied(location, fileSystem, path);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read %s: %s".formatted(location, e.getMessage()), e);
    }
  }

  private static FetchedCheckpoint copied(String location, FileSystem fileSystem, Path path)
      throws IOException {
    TemporaryDirectory temporary = TemporaryDirectory.create();
    try {
      File target = temporary.path().resolve(path.getName()).toFile();
      copy(fileSystem, path, target, name -> name.endsWith(".json"));
      Modules modules = Modules.of(ModelDirectory.at(target.toPath()));
      copyFolder(fileSystem, path, target, modules.encoder(), FetchedCheckpoint::isRead);
      String pooling = modules.pooling().map(FetchedCheckpoint::folder).orElse(POOLING);
      copyFolder(fileSystem, path, target, pooling, FetchedCheckpoint::isRead);
      if (!hasSafetensors(new File(target, modules.encoder()))) {
        copyFolder(fileSystem, path, target, modules.encoder(), GRAPH::contains);
        copyFolder(fileSystem, path, target, modules.encoder() + "onnx", GRAPH::contains);
      }
      return new FetchedCheckpoint(new ModelDirectory(location, target.toPath()), temporary);
    } catch (IOException | RuntimeException e) {
      temporary.close();
      throw e;
    }
  }

  private static String folder(String file) {
    return file.substring(0, Math.max(0, file.lastIndexOf('/')));
  }

  private static boolean isRead(String name) {
    return READ.stream().anyMatch(name::endsWith);
  }

  private static boolean hasSafetensors(File directory) {
    return WEIGHTS.stream().anyMatch(name -> new File(directory, name).exists());
  }

  private static void copyFolder(
      FileSystem fileSystem, Path from, File target, String folder, Predicate<String> wanted)
      throws IOException {
    Path path = folder.isEmpty() ? from : new Path(from, folder);
    if (fileSystem.exists(path) && fileSystem.getFileStatus(path).isDirectory()) {
      copy(fileSystem, path, new File(target, folder), wanted);
    }
  }

  private static void copy(
      FileSystem fileSystem, Path directory, File target, Predicate<String> wanted)
      throws IOException {
    Files.createDirectories(target.toPath());
    for (FileStatus file : fileSystem.listStatus(directory)) {
      String name = file.getPath().getName();
      File copy = new File(target, name);
      if (file.isFile() && wanted.test(name)) {
        FileUtil.copy(fileSystem, file.getPath(), copy, false, fileSystem.getConf());
      } else if (REFUSED.contains(name) && !copy.exists()) {
        Files.createFile(copy.toPath());
      }
    }
  }

  public ModelDirectory files() {
    return files;
  }

  @Override
  public void close() {
    if (copy != null) {
      copy.close();
    }
  }
}
