package io.e5spark.cluster;

import io.e5spark.model.CardReader;
import io.e5spark.model.HostCopies;
import io.e5spark.model.ModelDirectory;
import io.e5spark.model.ModelFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.fs.FileStatus;

/**
 * Models from other file systems on the disk of this host. A copy is identified by the place, the
 * sizes and the modification times of the original files.
 *
 * @param copies the copies of models on this host
 */
record HostCache(HostCopies copies) {
  /** The copy of a model on this host, made on the first use. */
  ModelDirectory copy(HadoopModel model) throws IOException {
    List<String> names = files(model);
    List<HostCopies.Source> files = new ArrayList<>();
    for (String name : names) {
      files.add(new HostCopies.Source(name, model.status(name).getLen(), () -> model.open(name)));
    }
    return new ModelDirectory(model.location(), copies.of(key(model, names), files));
  }

  private static List<String> files(HadoopModel model) throws IOException {
    List<String> files = new ArrayList<>(model.graphFiles());
    files.add(ModelFiles.TOKENIZER);
    files.addAll(CardReader.files(model));
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
}
