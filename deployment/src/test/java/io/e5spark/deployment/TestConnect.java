package io.e5spark.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SQL functions in a server of Spark Connect, called by a client that has none of e5-spark. */
class TestConnect {
  private static final Pattern ADDRESS =
      Pattern.compile("Spark Connect server started at: \\S*:(\\d+)");
  private static final String[] SERVER_ALONE = {
    "spark-sql_", "spark-catalyst_", "spark-core_", "spark-connect_", "delta-"
  };

  @TempDir Path directory;

  @Test
  void aClientGetsVectors() throws Exception {
    try (Jvm server = server()) {
      String port = server.awaitLog(ADDRESS);
      try (Jvm client =
          client(
              "sc://127.0.0.1:" + port,
              "SELECT e5_embed('rain') UNION ALL SELECT e5_embed(a) FROM VALUES ('snow') t(a)")) {
        assertThat(client.exitCode()).as(client.err() + server.err()).isZero();
        List<String> vectors = client.out().lines().toList();
        assertThat(vectors).hasSize(2).doesNotHaveDuplicates();
        for (String vector : vectors) {
          assertThat(squares(vector)).hasSize(384);
          assertThat(squares(vector).stream().mapToDouble(x -> x).sum()).isBetween(0.999, 1.001);
        }
      }
    }
  }

  private Jvm server() throws IOException {
    SparkHome home = SparkHome.in(directory);
    List<Path> jars = new ArrayList<>(Build.jars("onnxruntime"));
    jars.add(Build.assembledJar());
    return home.submit(
        jars,
        "--master",
        "local[1]",
        "--conf",
        "spark.sql.extensions=io.e5spark.sql.E5Extensions",
        "--conf",
        "spark.connect.grpc.binding.address=127.0.0.1",
        "--conf",
        "spark.connect.grpc.binding.port=0",
        "--class",
        "org.apache.spark.sql.connect.service.SparkConnectServer",
        "spark-internal");
  }

  private Jvm client(String address, String query) throws IOException {
    Stream<Path> spark = Build.jars().stream().filter(jar -> !Build.isNamed(jar, SERVER_ALONE));
    String classPath =
        Stream.concat(
                Build.jars("spark-connect-client").stream(),
                Stream.concat(Stream.of(Path.of("target", "test-classes").toAbsolutePath()), spark))
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    List<String> arguments = List.of("-Xmx512m", ConnectClient.class.getName(), address, query);
    return Jvm.start(directory, Map.of(), classPath, arguments);
  }

  private static List<Double> squares(String vector) {
    return Stream.of(vector.substring(1, vector.length() - 1).split(", ", -1))
        .map(Double::valueOf)
        .map(x -> x * x)
        .toList();
  }
}
