package io.e5spark.mteb.folder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.e5spark.platform.Resource;
import java.util.Optional;

/**
 * One of MTEB's tasks.
 *
 * @param name the name as MTEB writes it
 */
public record KnownTask(String name, TaskKind kind, TaskParameters parameters) {
  /**
   * The task with this name, or the task whose data set is downloaded into a folder with this name.
   */
  public static Optional<KnownTask> named(String name) {
    for (JsonNode task : read("known-tasks.json")) {
      if (task.get("name").asText().equalsIgnoreCase(name) || hasFolder(task, name)) {
        return Optional.of(of(task));
      }
    }
    return Optional.empty();
  }

  private static boolean hasFolder(JsonNode task, String name) {
    for (JsonNode folder : task.get("folders")) {
      if (folder.asText().equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  private static KnownTask of(JsonNode task) {
    TaskParameters usual = TaskParameters.USUAL;
    return new KnownTask(
        task.get("name").asText(),
        TaskKind.of(task.get("type").asText()),
        new TaskParameters(
            usual.split(),
            task.path("samples_per_label").asInt(usual.samplesPerLabel()),
            usual.experiments(),
            task.path("documents").asInt(usual.documents()),
            task.path("p_values").asBoolean(usual.pValues())));
  }

  static JsonNode read(String resource) {
    try {
      return new ObjectMapper().readTree(new Resource(KnownTask.class, resource).text());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot read resource " + resource, e);
    }
  }
}
