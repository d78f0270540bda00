package io.e5spark.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the build made before these tests. */
final class Build {
  private static final Path JOB = Path.of("..", "spark-job", "target");
  private static final Path CLASS_PATH = Path.of("target", "cluster.classpath");
  private static final Path YARN_CLASS_PATH = Path.of("yarn", "target", "cluster.classpath");

  private Build() {}

  /** The assembled jar. */
  static Path assembledJar() throws IOException {
    try (Stream<Path> files = Files.list(JOB)) {
      return files
          .filter(file -> file.toString().endsWith("-all.jar"))
          .findFirst()
          .orElseThrow(
              () -> new IllegalStateException("Cannot find the assembled jar: run mvn verify"))
          .toRealPath();
    }
  }

  /** Jars of the cluster's tree of dependencies. */
  static List<Path> jars() throws IOException {
    return jars(CLASS_PATH);
  }

  /** Jars of a Spark that has a client of YARN. */
  static List<Path> jarsOfYarn() throws IOException {
    return jars(YARN_CLASS_PATH);
  }

  private static List<Path> jars(Path classPath) throws IOException {
    return Stream.of(Files.readString(classPath).strip().split(":", -1)).map(Path::of).toList();
  }

  /** Jars whose file names begin with one of these. */
  static List<Path> jars(String... names) throws IOException {
    return jars().stream().filter(jar -> isNamed(jar, names)).toList();
  }

  /** Whether a jar's file name begins with one of these. */
  static boolean isNamed(Path jar, String... names) {
    return Stream.of(names).anyMatch(name -> jar.getFileName().toString().startsWith(name));
  }
}
