package io.e5spark.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files that the build made before these tests run. */
final class Build {
  private static final Path JOB = Path.of("..", "spark-job", "target");
  private static final Path CLASS_PATH = Path.of("target", "cluster.classpath");
  private static final Path YARN_CLASS_PATH = Path.of("yarn", "target", "cluster.classpath");

  private Build() {}

  /** Returns the assembled jar. */
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

  /** Returns the jars of the cluster's dependency tree. */
  static List<Path> jars() throws IOException {
    return jars(CLASS_PATH);
  }

  /** Returns the jars of a Spark with a YARN client. */
  static List<Path> jarsOfYarn() throws IOException {
    return jars(YARN_CLASS_PATH);
  }

  private static List<Path> jars(Path classPath) throws IOException {
    return Stream.of(Files.readString(classPath).strip().split(":", -1)).map(Path::of).toList();
  }

  /** Returns the jars whose file names begin with one of these names. */
  static List<Path> jars(String... names) throws IOException {
    return jars().stream().filter(jar -> isNamed(jar, names)).toList();
  }

  /** Returns whether a jar's file name begins with one of these names. */
  static boolean isNamed(Path jar, String... names) {
    return Stream.of(names).anyMatch(name -> jar.getFileName().toString().startsWith(name));
  }
}
