package io.e5spark.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A model in a local directory.
 *
 * @param location the directory as the user named it
 * @param directory the directory as a path
 */
public record ModelDirectory(String location, Path directory) implements ModelFiles {

  /** The model in this directory, whose files are looked up when they are read. */
  public static ModelDirectory at(Path directory) {
    return new ModelDirectory(directory.toString(), directory);
  }

  @Override
  public String modelName() {
    String last = ModelFiles.super.modelName();
    boolean relative = last.isEmpty() || last.equals(".") || last.equals("..");
    Path whole = directory.toAbsolutePath().normalize();
    return relative && whole.getFileName() != null ? whole.getFileName().toString() : last;
  }

  /** The path, the size and the modification time of each file. */
  @Override
  public String stamp() {
    try {
      List<String> names = new ArrayList<>(graphFiles());
      names.add(TOKENIZER);
      names.add(ModelManifest.FILE);
      names.addAll(CardReader.files(this));
      StringBuilder stamp = new StringBuilder();
      for (String name : names) {
        Path file = directory.resolve(name);
        stamp.append(file).append(' ');
        if (Files.exists(file)) {
          stamp.append(Files.size(file)).append(' ').append(Files.getLastModifiedTime(file));
        }
      }
      return stamp.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot read model %s: %s".formatted(location, e.getMessage()), e);
    }
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
