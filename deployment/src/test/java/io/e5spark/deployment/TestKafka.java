package io.e5spark.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests a vector table that follows a topic, with Spark's connector and a real broker. */
class TestKafka {
  private static final String[] CONNECTOR = {
    "spark-sql-kafka", "spark-token-provider-kafka", "kafka-clients", "commons-pool2"
  };

  @TempDir Path directory;

  @Test
  void theNewestMessageOfAKeyIsEmbedded() throws Exception {
    try (KafkaBroker broker = KafkaBroker.start(directory)) {
      broker.put(
          "articles",
          "{\"id\":1,\"text\":\"salt\"}",
          "{\"id\":2,\"text\":\"bread\"}",
          "{\"id\":1,\"text\":\"sea salt\",\"more\":true}");
      try (Jvm first = embed(broker)) {
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.out()).contains("\"embedded\" : 2").contains("\"written\" : 2");
      }
      broker.put("articles", "{\"id\":2,\"text\":\"rye\"}", "bread");
      try (Jvm second = embed(broker)) {
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.err())
            .contains(
                "Cannot read topic articles: message 4 of partition 0 is not a JSON object with id");
      }
    }
  }

  private Jvm embed(KafkaBroker broker) throws IOException {
    List<Path> jars = new ArrayList<>(Build.jars("delta-", "onnxruntime"));
    Arrays.stream(System.getProperty("java.class.path", "").split(":", -1))
        .map(Path::of)
        .filter(jar -> Build.isNamed(jar, CONNECTOR))
        .forEach(jars::add);
    return SparkHome.in(directory)
        .submit(
            jars,
            "--master",
            "local[1]",
            "--conf",
            "spark.sql.shuffle.partitions=1",
            "--class",
            "io.e5spark.job.Main",
            Build.assembledJar().toString(),
            "embed",
            "--input",
            "kafka://" + broker.address() + "/articles",
            "--output",
            directory.resolve("vectors").toString(),
            "--mode",
            "merge",
            "--stream",
            "--until-done",
            "--json");
  }
}
