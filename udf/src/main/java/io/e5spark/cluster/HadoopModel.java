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
 * @param fileSystem where it lies
 * @param directory the directory in it
 */
record HadoopModel(String location, FileSystem fileSystem, Path directory) implements ModelFiles {

  /** Size and time of a file. */
  FileStatus status(String file) throws IOException {
    return fileSystem.getFileStatus(new Path(directory, file));
  }

  /** Its address: models are used through a host's copy, whose own stamp counts. */
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
