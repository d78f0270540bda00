package io.e5spark.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests the assembled jar on a standalone cluster whose class path has other versions of protobuf,
 * Gson and picocli.
 */
class TestStandaloneCluster {
  private static final int ROWS = 20;

  @TempDir static Path directory;
  private static SparkHome home;
  private static Cluster cluster;

  @BeforeAll
  static void start() throws Exception {
    home = SparkHome.in(directory);
    cluster = Cluster.start(home);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static Jvm submit(String mode, int executors, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("--master", cluster.url(), "--deploy-mode", mode));
    all.addAll(List.of("--executor-memory", "1g", "--executor-cores", "2"));
    all.addAll(List.of("--total-executor-cores", String.valueOf(2 * executors)));
    all.addAll(List.of("--conf", "spark.executor.resource.gpu.amount=1"));
    all.addAll(List.of("--conf", "spark.task.resource.gpu.amount=0.5"));
    all.addAll(List.of("--conf", "spark.sql.shuffle.partitions=4"));
    all.addAll(List.of("--conf", "spark.databricks.delta.snapshotPartitions=2"));
    all.addAll(List.of(arguments));
    return home.submit(Build.jars("delta-", "onnxruntime"), all.toArray(String[]::new));
  }

  @Test
  void whatOneApplicationEmbedsAnotherReadsThatRunsInsideTheCluster() throws Exception {
    Path vectors = directory.resolve("vectors");
    String jar = Build.assembledJar().toString();
    try (Jvm embed =
        submit("client", 1, jar, "embed", "--input", rows(), "--output", vectors.toString())) {
      assertThat(embed.exitCode()).as(embed.err()).isZero();
      assertThat(embed.out()).contains("Embedded " + ROWS);
    }
    try (Jvm index = submit("client", 1, jar, "index", "--vectors", vectors.toString())) {
      assertThat(index.exitCode()).as(index.err()).isZero();
      assertThat(index.out()).contains("assigned " + ROWS + " rows");
    }
    try (Jvm read =
        submit(
            "cluster",
            1,
            "--conf",
            "spark.standalone.submit.waitAppCompletion=true",
            "--class",
            "io.e5spark.job.Main",
            jar,
            "sql",
            "--json",
            "-e",
            "SELECT count(*) AS rows, min(e5_similarity(embedding, e5_embed('Loaf number ' || id,"
                + " 'passage'))) > 0.99999 AS same, (SELECT count(*) FROM e5_search('"
                + vectors
                + "', 'loaf', 1, probes => 1)) AS found FROM delta.`"
                + vectors
                + "`")) {
      assertThat(read.exitCode()).as(read.err() + printedInCluster("stderr")).isZero();
      assertThat(printedInCluster("stdout"))
          .isEqualToIgnoringNewLines("{\"rows\":" + ROWS + ",\"same\":true,\"found\":1}");
    }
  }

  @Test
  void tasksSeeTheGpuOfTheirExecutor() throws Exception {
    try (Jvm application =
        submit("client", 2, "--class", TaskGpus.class.getName(), taskGpusJar())) {
      assertThat(application.exitCode()).as(application.err()).isZero();
      Set<String> seen = new TreeSet<>(application.out().lines().toList());
      assertThat(seen).hasSize(2).allMatch(line -> line.matches("executor \\d: [0-3]"));
      assertThat(seen.stream().map(line -> line.endsWith("0") || line.endsWith("1")))
          .containsExactlyInAnyOrder(true, false);
    }
  }

  private static String rows() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int id = 0; id < ROWS; id++) {
      lines.append("{\"id\":%d,\"text\":\"Loaf number %d\"}%n".formatted(id, id));
    }
    return Files.writeString(directory.resolve("rows.jsonl"), lines).toString();
  }

  private static String taskGpusJar() throws IOException {
    Path jar = directory.resolve("task-gpus.jar");
    String entry = TaskGpus.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry(entry));
      Files.copy(Path.of("target", "test-classes").resolve(entry), out);
    }
    return jar.toString();
  }

  /** Returns what the drivers inside the cluster printed. */
  private static String printedInCluster(String stream) throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.walk(cluster.work())) {
      for (Path file : files.filter(path -> path.endsWith(stream)).toList()) {
        if (file.getParent().getFileName().toString().startsWith("driver-")) {
          text.append(Files.readString(file));
        }
      }
    }
    return text.toString();
  }
}
