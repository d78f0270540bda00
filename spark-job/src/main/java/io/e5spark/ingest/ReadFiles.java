package io.e5spark.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.e5spark.platform.DataFile;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The files that a stream has read, as Spark's checkpoint lists them. Spark reads each file once,
 * identified by its name.
 *
 * @param checkpoint the directory of the stream's checkpoint
 */
record ReadFiles(String checkpoint, Configuration configuration) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The files of a directory that were rewritten since, sorted. */
  List<String> writtenAnew(String directory) {
    Map<String, Long> read = read();
    if (read.isEmpty()) {
      return List.of();
    }
    Map<String, Long> now = new DataFile(directory, configuration).modificationTimes();
    return read.entrySet().stream()
        .filter(file -> !now.getOrDefault(file.getKey(), file.getValue()).equals(file.getValue()))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** The last modification time of each file, as the stream saw it. */
  private Map<String, Long> read() {
    Map<String, Long> read = new HashMap<>();
    DataFile log = new DataFile(checkpoint, configuration).in("sources").in("0");
    if (log.exists()) {
      log.children().stream()
          .filter(name -> !name.startsWith("."))
          .forEach(name -> log.in(name).forEachLine((number, line) -> add(read, line)));
    }
    return read;
  }

  /** The first line of a log is its version. */
  private static void add(Map<String, Long> read, String line) {
    if (!line.startsWith("{")) {
      return;
    }
    try {
      JsonNode entry = JSON.readTree(line);
      Path path = new Path(URI.create(entry.get("path").asText()));
      read.merge(path.toString(), entry.get("timestamp").asLong(), Math::max);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Cannot read a stream's list of files: " + line, e);
    }
  }
}
