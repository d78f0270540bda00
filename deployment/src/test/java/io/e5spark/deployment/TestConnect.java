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

/**
 * Tests the SQL functions in a Spark Connect server, with a client that has no classes of e5-spark.
 */
class TestConnect {
  private static final Pattern ADDRESS =
      Pattern.compile("Spark Connect server started at: \\S*:(\\d+)");
  private static final String[] SERVER_ALONE = {
    "spark-sql_", "spark-catalyst_", "spark-core_", "spark-connect_", "delta-"
  };

  private static final String[] SEARCHES = {
    "CREATE OR REPLACE TEMP VIEW axes AS SELECT * FROM VALUES (1, array(1f, 0f)), (2, array(0f, 1f)) t(id, v)",
    "SELECT concat_ws(' ', 'found', id, rank) FROM e5_search('axes', array(1f, 3f), 2, vector_column => 'v') ORDER BY rank",
    "SELECT concat_ws(' ', 'nearest', query.id, nearest.id) FROM e5_nearest('axes', 'axes', 1,"
        + " query_column => 'v', vector_column => 'v') ORDER BY query.id",
    "SELECT concat_ws(' ', 'near', first.id, second.id) FROM e5_near_duplicates('axes', -1, vector_column => 'v')",
    "SELECT concat_ws(' ', 'chunk', chunk.position, chunk.text) FROM (SELECT explode(e5_chunks('A cat sleeps.', 64)) chunk)",
    "SELECT concat_ws(' ', 'packed', hex(e5_pack(v)), e5_unpack(e5_pack(v))[0]) FROM axes WHERE id = 1",
    "CREATE TEMP VIEW texts AS SELECT id, e5_embed(text, 'passage') v FROM VALUES (1, 'The rain is heavy.'),"
        + " (2, 'A cat sleeps.') t(id, text)",
    "CREATE TABLE found USING parquet AS SELECT * FROM e5_search('texts', 'wet weather', 1, vector_column => 'v',"
        + " model => 'e5-small-v2')",
    "INSERT INTO found SELECT * FROM e5_search(TABLE(SELECT * FROM texts), 'a sleeping cat', 1, vector_column => 'v',"
        + " model => 'e5-small-v2')",
    "SELECT concat_ws(' ', 'text', id) FROM found ORDER BY id"
  };

  @TempDir Path directory;

  @Test
  void aClientGetsVectorsAndSearchesInThem() throws Exception {
    try (Jvm server = server()) {
      String port = server.awaitLog(ADDRESS);
      try (Jvm client =
          client(
              "sc://127.0.0.1:" + port,
              "SELECT e5_embed('rain') UNION ALL SELECT e5_embed(a) FROM VALUES ('snow') t(a)",
              SEARCHES)) {
        assertThat(client.exitCode()).as(client.err() + server.err()).isZero();
        List<String> rows = client.out().lines().toList();
        assertThat(rows.subList(2, rows.size()))
            .containsExactly(
                "found 2 1",
                "found 1 2",
                "nearest 1 1",
                "nearest 2 2",
                "near 1 2",
                "chunk 0 A cat sleeps.",
                "packed 0000803F00000000 1.0",
                "text 1",
                "text 2");
        List<String> vectors = rows.subList(0, 2);
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

  private Jvm client(String address, String query, String... further) throws IOException {
    Stream<Path> spark = Build.jars().stream().filter(jar -> !Build.isNamed(jar, SERVER_ALONE));
    String classPath =
        Stream.concat(
                Build.jars("spark-connect-client").stream(),
                Stream.concat(Stream.of(Path.of("target", "test-classes").toAbsolutePath()), spark))
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    List<String> arguments =
        new ArrayList<>(List.of("-Xmx512m", ConnectClient.class.getName(), address, query));
    arguments.addAll(List.of(further));
    return Jvm.start(directory, Map.of(), classPath, arguments);
  }

  private static List<Double> squares(String vector) {
    return Stream.of(vector.substring(1, vector.length() - 1).split(", ", -1))
        .map(Double::valueOf)
        .map(x -> x * x)
        .toList();
  }
}
