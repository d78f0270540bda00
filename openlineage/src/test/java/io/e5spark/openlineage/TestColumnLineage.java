package io.e5spark.openlineage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.e5spark.job.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the events of OpenLineage's agent for statements and a command that embed a table. */
class TestColumnLineage {
  @TempDir static Path directory;
  private static final List<JsonNode> EVENTS = new ArrayList<>();

  @BeforeAll
  static void embed() throws IOException {
    Path events = directory.resolve("events.ndjson");
    Path docs = directory.resolve("docs.jsonl");
    Files.writeString(docs, "{\"id\":1,\"text\":\"salt\"}\n");
    try (SparkSession spark = start(events)) {
      String vectors = "select id, e5_embed(text, 'passage') v from json.`" + docs + "`";
      spark.sql("create table %s using delta as %s".formatted(table("created"), vectors));
      spark.sql("create table %s (id long, v array<float>) using delta".formatted(table("filled")));
      spark.sql("insert into %s %s".formatted(table("filled"), vectors));
      String written = directory.resolve("written").toString();
      Main.main(new String[] {"embed", "--input", docs.toString(), "--output", written});
    }
    for (String line : Files.readAllLines(events)) {
      EVENTS.add(new ObjectMapper().readTree(line));
    }
  }

  private static SparkSession start(Path events) {
    return SparkSession.builder()
        .master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.warehouse.dir", directory.resolve("warehouse").toString())
        .config("spark.databricks.delta.snapshotPartitions", "1")
        .config(
            "spark.sql.extensions",
            "io.e5spark.sql.E5Extensions,io.delta.sql.DeltaSparkSessionExtension")
        .config(
            "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
        .config("spark.extraListeners", "io.openlineage.spark.agent.OpenLineageSparkListener")
        .config("spark.openlineage.transport.type", "file")
        .config("spark.openlineage.transport.location", events.toString())
        .getOrCreate();
  }

  private static String table(String name) {
    return "delta.`" + directory.resolve(name) + "`";
  }

  /** Returns the columns, as table.column, that events name as the sources of a column. */
  private static Set<String> sources(String table, String column) {
    Set<String> sources = new TreeSet<>();
    for (JsonNode output : outputs(table)) {
      JsonNode fields = output.at("/facets/columnLineage/fields/" + column + "/inputFields");
      fields.forEach(field -> sources.add(name(field) + "." + field.get("field").asText()));
    }
    return sources;
  }

  private static List<JsonNode> outputs(String table) {
    List<JsonNode> outputs = new ArrayList<>();
    for (JsonNode event : EVENTS) {
      event.path("outputs").forEach(outputs::add);
    }
    outputs.removeIf(output -> !name(output).equals(table));
    return outputs;
  }

  /** Returns the inputs of the events about a table that is written. */
  private static Set<String> inputs(String table) {
    Set<String> inputs = new TreeSet<>();
    for (JsonNode event : EVENTS) {
      if (name(event.at("/outputs/0")).equals(table)) {
        event.path("inputs").forEach(input -> inputs.add(name(input)));
      }
    }
    return inputs;
  }

  private static String name(JsonNode dataset) {
    return Path.of(dataset.path("name").asText()).getFileName().toString();
  }

  @Test
  void vectorThatIsInsertedComesFromTheText() {
    assertThat(sources("filled", "v")).containsExactly("docs.jsonl.text");
    assertThat(sources("filled", "id")).containsExactly("docs.jsonl.id");
  }

  @Test
  void vectorOfACreatedTableComesFromTheText() {
    assertThat(sources("created", "v")).containsExactly("docs.jsonl.text");
  }

  @Test
  void vectorThatTheCommandWritesComesFromTheText() {
    assertThat(sources("written", "embedding")).contains("docs.jsonl.text");
    assertThat(sources("written", "id")).containsExactly("docs.jsonl.id");
  }

  @Test
  void eventsNameTheTableThatIsRead() {
    assertThat(inputs("filled")).containsExactly("docs.jsonl");
    assertThat(inputs("written")).containsExactly("docs.jsonl");
  }
}
