package io.e5spark.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An installation of Spark. It holds other versions of libraries that e5-spark uses, and nothing of
 * e5-spark.
 *
 * @param installed the directory of the installation, which holds the jars
 * @param directory the directory for the logs of processes
 */
record SparkHome(Path installed, Path directory) {
  private static final String[] BESIDE = {
    "delta-", "onnxruntime", "spark-connect-client", "spark-connect-shims"
  };

  static SparkHome in(Path directory) throws IOException {
    return install("spark", Build.jars(), directory);
  }

  /** Returns an installation of another version of Spark, with its YARN client. */
  static SparkHome forYarn(Path directory) throws IOException {
    return install("spark-yarn", Build.jarsOfYarn(), directory);
  }

  private static SparkHome install(String name, List<Path> all, Path directory) throws IOException {
    Path installed = Path.of("target", name).toAbsolutePath();
    Path jars = Files.createDirectories(installed.resolve("jars"));
    try (Stream<Path> earlier = Files.list(jars)) {
      for (Path jar : earlier.toList()) {
        Files.delete(jar);
      }
    }
    for (Path jar : all) {
      if (!Build.isNamed(jar, BESIDE)) {
        Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
      }
    }
    return new SparkHome(installed, directory);
  }

  /** Starts one of Spark's main classes. */
  Jvm start(String... arguments) throws IOException {
    return start(Map.of(), installed + "/jars/*", List.of(arguments));
  }

  private Jvm start(Map<String, String> environment, String classPath, List<String> arguments)
      throws IOException {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(Map.of("SPARK_HOME", installed.toString(), "SPARK_SCALA_VERSION", "2.13"));
    return Jvm.start(directory, all, classPath, arguments);
  }

  /** Starts spark-submit with these jars for the application. */
  Jvm submit(List<Path> jars, String... arguments) throws IOException {
    return start(Map.of(), installed + "/jars/*", submission(jars, arguments));
  }

  /** Starts spark-submit for the cluster that a directory of Hadoop's configuration describes. */
  Jvm submitToHadoop(Path configuration, List<Path> jars, String... arguments) throws IOException {
    return start(
        Map.of("HADOOP_CONF_DIR", configuration.toString()),
        configuration + ":" + installed + "/jars/*",
        submission(jars, arguments));
  }

  private static List<String> submission(List<Path> jars, String... arguments) {
    List<String> all = new ArrayList<>(List.of("-Xmx1g", "org.apache.spark.deploy.SparkSubmit"));
    all.add("--jars");
    all.add(String.join(",", jars.stream().map(Path::toString).toList()));
    all.addAll(List.of("--conf", "spark.ui.enabled=false", "--driver-memory", "1g"));
    String options = String.join(" ", Jvm.SHORT_LIVED);
    all.addAll(List.of("--conf", "spark.executor.extraJavaOptions=" + options));
    all.addAll(List.of("--conf", "spark.driver.extraJavaOptions=" + options));
    all.addAll(List.of(arguments));
    return all;
  }
}
