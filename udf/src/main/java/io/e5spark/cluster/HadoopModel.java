package io.e5spark.cluster;

import io.e5spark.model.ModelFiles;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A model in a directory of a Hadoop file system.
 *
 * @param location the directory as the user named it
 * @param fileSystem the file system that holds it
 * @param directory the directory in that file system
 */
record HadoopModel(String location, FileSystem fileSystem, Path directory) implements ModelFiles {

  /** The size and the modification time of a file. */
  FileStatus status(String file) throws IOException {
    return fileSystem.getFileStatus(new Path(directory, file));
  }

  /**
   * The address of the directory. A host uses the model through its own copy, and the files of that
   * copy say whether it changed.
   */
  @Override
  public String stamp() {
    return directory.toString();
  }

  @Override
  public boolean has(String file) throws IOException {
    return fileSystem.exists(new Path(directory, file));
  }

  @Override
  public InputStream open(String file) throws IOException {
    return fileSystem.open(new Path(directory, file));
  }
}
