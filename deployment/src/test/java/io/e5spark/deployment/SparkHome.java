package io.e5spark.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An installation of Spark: a directory with its jars, beside them other versions of what e5-spark
 * uses, and nothing of e5-spark.
 *
 * @param directory where processes keep their logs
 */
record SparkHome(Path directory) {
  private static final Path INSTALLED = Path.of("target", "spark").toAbsolutePath();
  private static final String[] BESIDE = {
    "delta-", "onnxruntime", "spark-connect-client", "spark-connect-shims"
  };

  static SparkHome in(Path directory) throws IOException {
    Path jars = Files.createDirectories(INSTALLED.resolve("jars"));
    try (Stream<Path> earlier = Files.list(jars)) {
      for (Path jar : earlier.toList()) {
        Files.delete(jar);
      }
    }
    for (Path jar : Build.jars()) {
      if (!Build.isNamed(jar, BESIDE)) {
        Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
      }
    }
    return new SparkHome(directory);
  }

  /** Starts one of Spark's main classes. */
  Jvm start(String... arguments) throws IOException {
    Map<String, String> environment =
        Map.of("SPARK_HOME", INSTALLED.toString(), "SPARK_SCALA_VERSION", "2.13");
    return Jvm.start(directory, environment, INSTALLED + "/jars/*", List.of(arguments));
  }

  /** Starts spark-submit, with these jars for the application. */
  Jvm submit(List<Path> jars, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("-Xmx1g", "org.apache.spark.deploy.SparkSubmit"));
    all.add("--jars");
    all.add(String.join(",", jars.stream().map(Path::toString).toList()));
    all.addAll(List.of("--conf", "spark.ui.enabled=false", "--driver-memory", "1g"));
    String options = String.join(" ", Jvm.SHORT_LIVED);
    all.addAll(List.of("--conf", "spark.executor.extraJavaOptions=" + options));
    all.addAll(List.of("--conf", "spark.driver.extraJavaOptions=" + options));
    all.addAll(List.of(arguments));
    return start(all.toArray(String[]::new));
  }
}
