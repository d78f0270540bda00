package io.e5spark.cluster;

import io.e5spark.config.Settings;
import io.e5spark.model.BuiltInModel;
import io.e5spark.model.HostCopies;
import io.e5spark.model.ModelDirectory;
import io.e5spark.model.ModelFiles;
import io.e5spark.model.PublishedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;

/** The place of the model that the settings name, on any file system that Hadoop supports. */
final class ModelLocation {
  private ModelLocation() {}

  /**
   * Finds, on the driver, the built-in model of this name, the model of this name in the model
   * home, or the directory at this path.
   *
   * @throws IllegalArgumentException if there is none
   */
  static ModelFiles named(Settings settings) {
    return at(found(settings), settings);
  }

  /**
   * What names the model in any working directory: the name of a built-in model or of a model in
   * the model home, or else a whole path.
   */
  static String lasting(Settings settings) {
    String name = settings.loading().model();
    boolean named = PublishedModel.named(name).isPresent() && !isDirectory(name);
    return named || BuiltInModel.named(name).isPresent() ? name : whole(name);
  }

  /** A local path keeps its form, without a scheme. */
  private static String whole(String directory) {
    try {
      Path path = new Path(directory);
      FileSystem fileSystem = path.getFileSystem(configuration());
      return !path.isAbsolute() && fileSystem instanceof LocalFileSystem local
          ? local.pathToFile(path).getPath()
          : directory;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot use model %s: %s".formatted(directory, e.getMessage()), e);
    }
  }

  private static String found(Settings settings) {
    String name = settings.loading().model();
    Optional<PublishedModel> published = PublishedModel.named(name);
    if (isHubName(name) && isDirectory(name)) {
      return whole(name);
    }
    if (published.isEmpty() || BuiltInModel.named(name).isPresent() || isDirectory(name)) {
      return name;
    }
    String home = settings.loading().modelHome().replaceFirst("^~(?=/)", userHome());
    String directory = new Path(home, published.get().toString()).toString();
    if (!isDirectory(directory)) {
      throw new IllegalArgumentException(
          "Cannot use model %s: there is no directory %s (%s)"
              .formatted(name, directory, published.get().instructions(directory)));
    }
    return directory;
  }

  /** Whether this may be the name of a model on the Hugging Face Hub. */
  private static boolean isHubName(String name) {
    return name.matches("[\\w.-]+/[\\w.-]+");
  }

  private static String userHome() {
    return Matcher.quoteReplacement(System.getProperty("user.home"));
  }

  private static boolean isDirectory(String location) {
    try {
      Path path = new Path(location);
      FileSystem fileSystem = path.getFileSystem(configuration());
      return fileSystem.exists(path) && fileSystem.getFileStatus(path).isDirectory();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot use model %s: %s".formatted(location, e.getMessage()), e);
    }
  }

  /**
   * The built-in model of this name, or the directory at this path; on the driver and on executors.
   * A model from another file system is copied to this host.
   *
   * @throws IllegalArgumentException if there is neither
   */
  static ModelFiles at(String location, Settings settings) {
    Optional<BuiltInModel> builtIn = BuiltInModel.named(location);
    return builtIn.isPresent() ? builtIn.get() : directory(location, settings);
  }

  private static ModelFiles directory(String location, Settings settings) {
    try {
      Path path = new Path(location);
      FileSystem fileSystem = path.getFileSystem(configuration());
      if (!isDirectory(location)) {
        throw new IllegalArgumentException(
            "Cannot use model %s: it is neither a built-in model %s nor a directory, nor the name of a published one %s%s"
                .formatted(
                    location,
                    BuiltInModel.names(),
                    Arrays.toString(PublishedModel.values()),
                    isHubName(location)
                        ? " (put a model of https://huggingface.co/%s into a directory DIR, then model import --from DIR --to MODEL, and name MODEL)"
                            .formatted(location)
                        : ""));
      }
      if (fileSystem instanceof LocalFileSystem local) {
        return new ModelDirectory(location, local.pathToFile(path).toPath());
      }
      return new HostCache(HostCopies.ofModels(settings.loading().modelCache()))
          .copy(new HadoopModel(location, fileSystem, path));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot use model %s: %s".formatted(location, e.getMessage()), e);
    }
  }

  private static Configuration configuration() {
    return SparkHadoopUtil.get().newConfiguration(SparkEnv.get().conf());
  }
}
