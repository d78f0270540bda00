package io.e5spark.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the assembled jar and the example in conf/yarn on YARN, with another version of Spark. */
class TestYarn {
  private static final int ROWS = 20;
  private static final Path EXAMPLE = Path.of("..", "conf", "yarn", "spark.properties");

  @TempDir static Path directory;
  private static SparkHome home;
  private static YarnCluster yarn;

  @BeforeAll
  static void start() throws IOException {
    home = SparkHome.forYarn(directory);
    yarn = YarnCluster.start(directory);
  }

  @AfterAll
  static void stop() {
    yarn.close();
  }

  /** Writes the settings of the example, adapted to a small machine without HDFS and CUDA. */
  private static Path properties() throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(EXAMPLE)) {
      properties.load(in);
    }
    properties.remove("spark.yarn.archive");
    properties.remove("spark.e5.model-home");
    properties.remove("spark.driver.extraJavaOptions");
    properties.remove("spark.executor.extraJavaOptions");
    for (String process : List.of("spark.yarn.appMasterEnv.", "spark.executorEnv.")) {
      properties.put(process + "JAVA_HOME", System.getProperty("java.home"));
      properties.put(process + "SPARK_LOCAL_IP", "127.0.0.1");
      properties.put(process + "SPARK_LOCAL_HOSTNAME", "127.0.0.1");
    }
    properties.putAll(
        Map.of(
            "spark.yarn.jars", "local:" + home.installed().resolve("jars/*"),
            "spark.yarn.stagingDir", "file:" + directory.resolve("staging"),
            "spark.executor.instances", "1",
            "spark.executor.cores", "2",
            "spark.executor.memory", "800m",
            "spark.executor.memoryOverhead", "800m",
            "spark.task.resource.gpu.amount", "0.5",
            "spark.e5.device", "cpu"));
    Path file = directory.resolve("spark.properties");
    try (Writer out = Files.newBufferedWriter(file)) {
      properties.store(out, null);
    }
    return file;
  }

  private static Jvm submit(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("--properties-file", properties().toString()));
    all.addAll(List.of("--files", gpus().toString(), "--class", "io.e5spark.job.Main"));
    all.addAll(List.of("--conf", "spark.sql.shuffle.partitions=2"));
    all.addAll(List.of("--conf", "spark.databricks.delta.snapshotPartitions=2"));
    all.addAll(List.of(arguments));
    List<Path> jars =
        Build.jarsOfYarn().stream()
            .filter(jar -> Build.isNamed(jar, "delta-", "onnxruntime"))
            .toList();
    return home.submitToHadoop(yarn.configuration(), jars, all.toArray(String[]::new));
  }

  /** Writes a script that replaces scripts/get-gpus.sh, which would find no GPUs. */
  private static Path gpus() throws IOException {
    Path script = directory.resolve("get-gpus.sh");
    Files.writeString(script, "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"0\"]}'\n");
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String rows() throws IOException {
    String lines =
        IntStream.range(0, ROWS)
            .mapToObj("{\"id\":%1$d,\"text\":\"Loaf number %1$d\"}%n"::formatted)
            .collect(Collectors.joining());
    return Files.writeString(directory.resolve("rows.jsonl"), lines).toString();
  }

  @Test
  void whatOneApplicationEmbedsAnotherReads() throws Exception {
    String jar = Build.assembledJar().toString();
    Path vectors = directory.resolve("vectors");
    try (Jvm embed = submit(jar, "embed", "--input", rows(), "--output", vectors.toString())) {
      assertThat(embed.exitCode()).as(embed.err()).isZero();
      assertThat(embed.err()).contains("final status: SUCCEEDED");
    }
    String query =
        "SELECT count(*) AS rows, min(e5_similarity(embedding, e5_embed('Loaf number ' || id,"
            + " 'passage'))) > 0.99999 AS same, first(version()) LIKE '3.5.%' AS spark FROM delta.`"
            + vectors
            + "`";
    try (Jvm read = submit("--deploy-mode", "client", jar, "sql", "--json", "-e", query)) {
      assertThat(read.exitCode()).as(read.err()).isZero();
      assertThat(read.out())
          .isEqualToIgnoringNewLines("{\"rows\":" + ROWS + ",\"same\":true,\"spark\":true}");
    }
  }
}
