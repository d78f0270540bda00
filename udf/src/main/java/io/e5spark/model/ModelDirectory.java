package io.e5spark.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A model in a local directory.
 *
 * @param location the directory as the user named it
 * @param directory the same as a path
 */
public record ModelDirectory(String location, Path directory) implements ModelFiles {

  /** The model in this directory, whose files are looked for when they are read. */
  public static ModelDirectory at(Path directory) {
    return new ModelDirectory(directory.toString(), directory);
  }

  @Override
  public boolean has(String file) {
    return Files.isRegularFile(directory.resolve(file));
  }

  @Override
  public InputStream open(String file) throws IOException {
    return Files.newInputStream(directory.resolve(file));
  }
}
