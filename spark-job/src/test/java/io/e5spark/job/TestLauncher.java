package io.e5spark.job;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that the launcher builds what is out of date, with fakes in place of Maven and Java. */
class TestLauncher {
  private static final List<String> FOLDERS =
      List.of("udf/src/main/java", "spark-job/src/main/resources", "udf/src/test/java", "bin");

  @TempDir Path directory;
  private Path home;

  private record Output(int code, String text) {}

  @BeforeEach
  void makeCheckout() throws IOException {
    home = directory.resolve("check[1]out & more");
    for (String folder : FOLDERS) {
      Files.createDirectories(home.resolve(folder));
    }
    Files.createDirectories(home.resolve("spark-job/src/assembly"));
    Files.createDirectories(home.resolve("notebooks/sample"));
    for (String script : List.of("e5-spark", "build.sh")) {
      Path copy = home.resolve("scripts").resolve(script);
      Files.createDirectories(copy.getParent());
      Files.copy(Path.of("../scripts", script), copy);
    }
    write("pom.xml", "<project>\n  <version>7.8.9</version>\n  <version>1</version>\n</project>\n");
    for (String file : List.of("udf/pom.xml", "spark-job/pom.xml", "udf/src/main/java/A")) {
      write(file, "first");
    }
    program(
        "mvn",
        """
        echo "mvn $*" >> builds
        mkdir -p spark-job/target/submit-jars
        case "$*" in
          *assembly.skip*) ;;
          *) echo jar > spark-job/target/e5-spark-job-7.8.9-all.jar ;;
        esac
        echo "$(cat udf/src/main/java/*)" > spark-job/target/e5-spark-job-7.8.9.jar
        printf '/elsewhere/e5-spark-udf-7.8.9.jar:/elsewhere/spark.jar' > spark-job/target/local.classpath
        """);
    program("java", "echo \"java $*\"");
  }

  private void write(String file, String content) throws IOException {
    Files.writeString(home.resolve(file), content);
  }

  private void program(String name, String body) throws IOException {
    Path fake = home.resolve("bin").resolve(name);
    Files.writeString(fake, "#!/bin/sh\n" + body);
    Files.setPosixFilePermissions(fake, PosixFilePermissions.fromString("rwx------"));
  }

  /** Makes all files ten seconds older. */
  private void age() throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.toList()) {
        FileTime before = Files.getLastModifiedTime(file);
        Files.setLastModifiedTime(file, FileTime.from(before.toInstant().minusSeconds(10)));
      }
    }
  }

  private void touch(String file) throws IOException {
    Files.setLastModifiedTime(home.resolve(file), FileTime.from(Instant.now()));
  }

  private Output run(String command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", command)
            .directory(home.toFile())
            .redirectErrorStream(true);
    builder.environment().keySet().removeAll(List.of("JAVA_HOME", "SPARK_HOME", "E5_JARS"));
    builder.environment().put("CDPATH", ".:/tmp");
    builder.environment().merge("PATH", home + "/bin", (path, ours) -> ours + ":" + path);
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Output(process.waitFor(), text);
  }

  private Output launch() throws IOException, InterruptedException {
    Output output = run("scripts/e5-spark doctor");
    assertThat(output.code()).as(output.text()).isZero();
    return output;
  }

  private int builds() throws IOException {
    Path log = home.resolve("builds");
    return Files.exists(log) ? Files.readAllLines(log).size() : 0;
  }

  @Test
  void firstStartBuildsAndTheNextDoesNot() throws Exception {
    String jar = home.toRealPath() + "/spark-job/target/e5-spark-job-7.8.9.jar";
    String library = home.toRealPath() + "/udf/target/e5-spark-udf-7.8.9.jar";
    assertThat(launch().text())
        .startsWith("Building e5-spark")
        .contains(
            "-cp " + jar + ":" + library + ":/elsewhere/spark.jar io.e5spark.job.Main doctor");
    assertThat(launch().text()).startsWith("java ");
    assertThat(builds()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pom.xml",
        "spark-job/pom.xml",
        "udf/src/main/java/A",
        "udf/src/main/java/New",
        "spark-job/src/main/resources/page",
        "notebooks/sample/corpus.jsonl"
      })
  void newerSourcesAreBuiltOnce(String file) throws Exception {
    launch();
    age();
    write(file, "<project><version>7.8.9</version><!-- second --></project>");
    assertThat(launch().text()).startsWith("Building e5-spark");
    assertThat(launch().text()).startsWith("java ");
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void sourceThatIsGoneIsBuiltWithout() throws Exception {
    write("udf/src/main/java/B", "first");
    launch();
    age();
    Files.delete(home.resolve("udf/src/main/java/B"));
    launch();
    assertThat(builds()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"udf/src/test/java/A", "notebooks/quickstart.ipynb", "README.md"})
  void otherFilesAreNotWaitedFor(String file) throws Exception {
    launch();
    age();
    write(file, "second");
    launch();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void copiedSourcesAreTheSame() throws Exception {
    launch();
    age();
    Path jar = home.resolve("spark-job/target/e5-spark-job-7.8.9.jar");
    FileTime built = Files.getLastModifiedTime(jar);
    touch("udf/src/main/java/A");
    launch();
    assertThat(builds()).isEqualTo(1);
    assertThat(Files.getLastModifiedTime(jar))
        .as("Java uses its archive of classes only with the same jar")
        .isEqualTo(built);
    write("udf/src/main/java/A", "second");
    assertThat(launch().text()).startsWith("Building e5-spark");
  }

  @Test
  void anOlderSourceThatComesBackIsBuilt() throws Exception {
    launch();
    age();
    write("udf/src/main/java/A", "second");
    run("mvn -DskipTests -Dassembly.skip package");
    age();
    write("udf/src/main/java/A", "first");
    assertThat(launch().text()).startsWith("Building e5-spark");
    assertThat(builds()).isEqualTo(3);
  }

  @Test
  void jarStaysInUseWhereNothingCanBeBuilt() throws Exception {
    launch();
    age();
    write("udf/src/main/java/A", "second");
    Output output = run("PATH='%s' scripts/build.sh jar".formatted(onlyStandardTools()));
    assertThat(output.code()).as(output.text()).isZero();
    assertThat(output.text())
        .startsWith("Warning: sources are newer than ")
        .contains("cannot be built here");
  }

  private Path onlyStandardTools() throws IOException {
    Path tools = Files.createDirectory(directory.resolve("tools"));
    for (String tool :
        List.of(
            "bash",
            "env",
            "realpath",
            "dirname",
            "sed",
            "find",
            "cksum",
            "sort",
            "cat",
            "mktemp",
            "rm",
            "touch")) {
      Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin", tool));
    }
    return tools;
  }

  @Test
  void linkToTheLauncherFindsTheProject() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("e5"), home.resolve("scripts/e5-spark"));
    assertThat(run("'%s' doctor".formatted(link)).text()).contains("io.e5spark.job.Main doctor");
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void submittedCommandsGetJavasOptionsToo() throws Exception {
    Files.createDirectories(home.resolve("spark/bin"));
    program("spark-submit", "echo \"$SPARK_SUBMIT_OPTS\"");
    Files.move(home.resolve("bin/spark-submit"), home.resolve("spark/bin/spark-submit"));
    String options =
        run("SPARK_HOME=spark SPARK_SUBMIT_OPTS=-Dmine=1 scripts/e5-spark search --k 3").text();
    assertThat(options)
        .contains("-XX:-C1UpdateMethodData", "-XX:Tier4BackEdgeThreshold=")
        .endsWith(" -Dmine=1\n")
        .doesNotContain("GC");
  }

  @Test
  void assembledJarIsBuiltForClusters() throws Exception {
    String assembled = "scripts/build.sh all";
    assertThat(run(assembled).text()).endsWith("/e5-spark-job-7.8.9-all.jar\n");
    assertThat(run(assembled).text()).doesNotContain("Building");
    assertThat(run("scripts/build.sh other").code()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "E5_MEMORY=200m | Invalid E5_MEMORY: 200m (must be at least 512m",
        "E5_MEMORY=lots | Invalid E5_MEMORY: lots (must be a number with k, m or g",
        "SPARK_HOME=/no/spark | Invalid SPARK_HOME: /no/spark (it has no bin/spark-submit",
        "SPARK_HOME=spark | (it has spark-core_2.12-3.3.1.jar, must be Spark 3.5",
        "JAVA_HOME=/no/java | Cannot find /no/java/bin/java: correct JAVA_HOME, or install JDK 17",
        "JAVA_HOME=jdk11 | Cannot run on the Java 11 of ",
        "JAVA_HOME=jdk25 | Cannot run on the Java 25 of "
      })
  void whatCannotRunIsOneLineBeforeAnythingIsBuilt(String environment, String message)
      throws Exception {
    for (String release : List.of("11.0.2", "25")) {
      Path jdk = home.resolve("jdk" + release.split("[.]", -1)[0]);
      Files.createDirectories(jdk.resolve("bin"));
      Files.copy(home.resolve("bin/java"), jdk.resolve("bin/java"), COPY_ATTRIBUTES);
      Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + release + "\"\n");
    }
    Files.createDirectories(home.resolve("spark/jars"));
    write("spark/jars/spark-core_2.12-3.3.1.jar", "");
    Files.createDirectories(home.resolve("spark/bin"));
    Files.copy(home.resolve("bin/java"), home.resolve("spark/bin/spark-submit"), COPY_ATTRIBUTES);
    Output output = run(environment + " scripts/e5-spark doctor");
    assertThat(output.code()).isEqualTo(2);
    assertThat(output.text().lines()).hasSize(1);
    assertThat(output.text()).startsWith("e5-spark: ").contains(message);
    assertThat(builds()).isZero();
  }

  @Test
  void pathWithAColonIsRefused() throws Exception {
    Path moved = Files.move(home, directory.resolve("a:b"));
    home = moved;
    Output output = run("scripts/e5-spark doctor");
    assertThat(output.code()).isEqualTo(2);
    assertThat(output.text()).contains("a:b: a Java class path cannot hold a colon");
  }

  @ParameterizedTest
  @ValueSource(strings = {"search --k 3", "sql -e x", "estimate", "doctor", "model info x", "-h"})
  void shortCommandsStartFast(String command) throws Exception {
    assertThat(run("scripts/e5-spark " + command).text())
        .contains("-XX:Tier4BackEdgeThreshold=", "-XX:+UseSerialGC");
  }

  @Test
  void metricsOptimizesNoCode() throws Exception {
    assertThat(run("scripts/e5-spark metrics --run x").text())
        .contains("-XX:TieredStopAtLevel=1", "-XX:ArchiveRelocationMode=0", "-XX:+UseSerialGC")
        .doesNotContain("-XX:Tier4");
  }

  @Test
  void embeddingOptimizesOnlyFrequentCode() throws Exception {
    assertThat(run("scripts/e5-spark embed --input x").text())
        .contains("-XX:Tier4BackEdgeThreshold=", "-XX:+UseParallelGC");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "embed --input x --stream",
        "evaluate",
        "benchmark",
        "model import",
        "model verify x"
      })
  void longCommandsRunFast(String command) throws Exception {
    assertThat(run("scripts/e5-spark " + command).text())
        .contains("-XX:+UseParallelGC", "io.e5spark.job.Main " + command)
        .doesNotContain("-XX:Tier");
  }

  @ParameterizedTest
  @ValueSource(strings = {"E5_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"})
  void collectorOfTheUserIsTheOnlyOne(String variable) throws Exception {
    for (String command : List.of("doctor", "embed --input x", "evaluate")) {
      assertThat(run(variable + "='-Da=b -XX:+UseG1GC' scripts/e5-spark " + command).text())
          .contains("io.e5spark.job.Main " + command)
          .doesNotContain("-XX:+UseSerialGC", "-XX:+UseParallelGC");
    }
  }
}
