package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that vectors with fewer bits per component find the same rows as full vectors. */
class TestVectorTypes {
  private static final int DIMENSION = 384;

  @TempDir Path directory;

  private Cli.Result embed(String type, String... more) throws IOException {
    Path input = directory.resolve("rows.jsonl");
    Files.writeString(
        input,
        """
        {"id":"bread","text":"Sourdough rises slowly and keeps for days."}
        {"id":"bike","text":"A dry bicycle chain squeaks until it is oiled."}
        {"id":"frost","text":"Clear and windless nights bring frost to gardens."}
        {"id":"none","text":null}
        """);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "embed",
                "--input",
                input.toString(),
                "--output",
                table(type),
                "--vector-type",
                type));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private String table(String type) {
    return directory.resolve(type).toString();
  }

  private JsonNode hits(String type) throws IOException {
    Cli.Result found =
        Cli.run("search", "--vectors", table(type), "--query", "noise when pedalling", "--json");
    assertThat(found.code()).as(found.err()).isZero();
    return new ObjectMapper().readTree(found.out()).get(0).get("hits");
  }

  @Test
  void eachIsStoredAndSearched() throws IOException {
    assertThat(embed("float").code()).isZero();
    assertThat(embed("binary").code()).isZero();
    assertThat(embed("int8", "--mode", "merge").code()).isZero();
    assertThat(embed("int8", "--mode", "merge").out()).contains("0 rows in 0 commits");
    assertThat(hits("binary").get(0).get("id").asText()).isEqualTo("bike");
    assertFindsTheSame("int8", 2e-3);
    Map<String, Object> types =
        Map.of(
            "int8", DataTypes.createArrayType(DataTypes.ByteType), "binary", DataTypes.BinaryType);
    types.forEach(
        (name, type) -> {
          DeltaTable table = DeltaTable.forPath(Cli.spark(), table(name));
          assertThat(table.toDF().schema().apply("embedding").dataType()).isEqualTo(type);
          Row detail = table.detail().select("properties").head();
          assertThat(detail.<String, String>getJavaMap(0)).containsEntry("e5.vector-type", name);
        });
    Row bits =
        Cli.spark()
            .sql(
                "SELECT b.embedding, f.embedding FROM delta.`%s` b JOIN delta.`%s` f ON b.id = f.id WHERE b.id = 'bike'"
                    .formatted(table("binary"), table("float")))
            .head();
    byte[] signs = (byte[]) bits.get(0);
    assertThat(signs).hasSize(DIMENSION / Byte.SIZE);
    List<Float> floats = bits.getList(1);
    for (int i = 0; i < DIMENSION; i++) {
      assertThat((signs[i / Byte.SIZE] >> i % Byte.SIZE & 1) == 1).isEqualTo(floats.get(i) >= 0);
    }
  }

  private void assertFindsTheSame(String type, double tolerance) throws IOException {
    JsonNode exact = hits("float");
    JsonNode found = hits(type);
    assertThat(found).hasSize(3);
    for (int rank = 0; rank < 3; rank++) {
      assertThat(found.get(rank).get("id")).isEqualTo(exact.get(rank).get("id"));
      assertThat(found.get(rank).get("score").asDouble())
          .isCloseTo(exact.get(rank).get("score").asDouble(), within(tolerance));
    }
  }

  private static Row one(String sql) {
    return Cli.spark().sql(sql).head();
  }

  @Test
  void packedVectorsAreTheFloatsInOneValue() throws IOException {
    for (String type : List.of("float", "packed", "half", "binary")) {
      Cli.Result done = embed(type);
      assertThat(done.code()).as(done.err()).isZero();
    }
    assertFindsTheSame("packed", 1e-9);
    assertFindsTheSame("half", 1e-4);
    Row compared =
        one(
            "SELECT count(*), every(e5_unpack(p.embedding) = f.embedding), every(octet_length(p.embedding) = 4 * %1$d), every(octet_length(h.embedding) = 2 * %1$d), max(abs(1 - e5_similarity(p.embedding, h.embedding))) FROM delta.`%2$s` p JOIN delta.`%3$s` f USING (id) JOIN delta.`%4$s` h USING (id) WHERE id <> 'none'"
                .formatted(DIMENSION, table("packed"), table("float"), table("half")));
    assertThat(compared.getLong(0)).isEqualTo(3);
    assertThat(compared.getBoolean(1)).isTrue();
    assertThat(compared.getBoolean(2)).isTrue();
    assertThat(compared.getBoolean(3)).isTrue();
    assertThat(compared.getDouble(4)).isLessThan(1e-4);
    assertThat(one("SELECT count(embedding) FROM delta.`" + table("packed") + "`").getLong(0))
        .isEqualTo(3);
  }

  /**
   * The bytes do not state the type of their vectors. The column states it, and the table keeps the
   * column's metadata.
   */
  @Test
  void columnsOfOneTableAreComparedWithEachOther() throws IOException {
    assertThat(embed("float").code()).isZero();
    double exact = similarityOfBreadAndFrost("float");
    for (String type : List.of("packed", "half", "binary")) {
      assertThat(embed(type, "--mode", "merge").code()).isZero();
      assertThat(similarityOfBreadAndFrost(type))
          .as(type)
          .isCloseTo(exact, within(type.equals("binary") ? 0.4 : 1e-4));
    }
  }

  private double similarityOfBreadAndFrost(String type) {
    return one("SELECT e5_similarity(a.embedding, b.embedding) FROM delta.`%1$s` a, delta.`%1$s` b WHERE a.id = 'bread' AND b.id = 'frost'"
            .formatted(table(type)))
        .getDouble(0);
  }

  @Test
  void unpackReadsTheTypeThatTheColumnStates() throws IOException {
    assertThat(embed("half").code()).isZero();
    assertThat(embed("binary").code()).isZero();
    for (String type : List.of("half", "binary")) {
      Row same =
          Cli.spark()
              .sql(
                  "SELECT e5_unpack(v) = e5_unpack(embedding, '%1$s'), size(e5_unpack(v)) FROM (SELECT embedding, embedding AS v FROM delta.`%2$s` WHERE id = 'bike')"
                      .formatted(type, table(type)))
              .head();
      assertThat(same).as(type).isEqualTo(RowFactory.create(true, DIMENSION));
    }
  }

  @Test
  void unionOfSeveralTypesIsComparedAsWhatEachRowIs() throws IOException {
    for (String type : List.of("float", "binary", "half")) {
      assertThat(embed(type).code()).isZero();
    }
    String union =
        "(SELECT id, embedding FROM delta.`%s` UNION ALL SELECT concat(id, '2'), embedding FROM delta.`%s`)"
            .formatted(table("binary"), table("half"));
    String scores =
        "SELECT round(e5_similarity(u.embedding, f.embedding), 2) FROM %s u, delta.`%s` f WHERE u.id = 'bike2' AND f.id = 'bike'";
    assertThat(first(scores.formatted(union, table("float")))).isEqualTo(1.0);
    assertThat(
            first("SELECT size(e5_unpack(embedding)) FROM %s WHERE id = 'bike2'".formatted(union)))
        .isEqualTo(DIMENSION);
    String pairs =
        "SELECT e5_similarity(a.embedding, b.v) FROM %1$s a JOIN (SELECT id, embedding AS v FROM %1$s) b ON a.id = b.id WHERE a.id = 'bike2'";
    assertThatThrownBy(() -> first(pairs.formatted(union)))
        .hasStackTraceContaining("Cannot compare two binary values of 768 bytes");
    String unpacked =
        "SELECT size(e5_unpack(a.embedding)) + size(b.embedding) FROM %s a JOIN delta.`%s` b WHERE a.id = 'bike2' AND rand() < size(e5_unpack(a.embedding))";
    assertThatThrownBy(() -> first(unpacked.formatted(union, table("float"))))
        .hasStackTraceContaining("not all of its rows come from columns of one vector type");
  }

  private static Object first(String sql) {
    return Cli.spark().sql(sql).head().get(0);
  }

  @Test
  void packedTableIsAppendedToMergedAndMigrated() throws IOException {
    assertThat(embed("packed", "--mode", "append").code()).isZero();
    Cli.Result again = embed("packed", "--mode", "append");
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(one("SELECT count(*) FROM delta.`" + table("packed") + "`").getLong(0)).isEqualTo(8);
    assertThat(embed("packed").code()).as("overwritten").isZero();
    String migrated = table("packed");
    Cli.Result done = Cli.run("migrate", "--vectors", migrated, "--set", "max-tokens=100");
    assertThat(done.code()).as(done.err()).isZero();
    Row detail = DeltaTable.forPath(Cli.spark(), migrated).detail().select("properties").head();
    assertThat(detail.<String, String>getJavaMap(0))
        .containsEntry("e5.vector-type", "packed")
        .containsEntry("e5.max-tokens", "100")
        .containsEntry("parquet.column.statistics.enabled#embedding", "false");
    assertThat(similarityOfBreadAndFrost("packed")).isBetween(0.5, 0.99);
    assertThat(embed("half", "--mode", "merge").code()).isZero();
    Files.writeString(
        directory.resolve("rows.jsonl"), "{\"id\":\"bread\",\"text\":\"Rye bread.\"}\n");
    Cli.Result merged =
        Cli.run(
            "embed",
            "--input",
            directory.resolve("rows.jsonl").toString(),
            "--output",
            table("half"),
            "--mode",
            "merge",
            "--vector-type",
            "half");
    assertThat(merged.code()).as(merged.err()).isZero();
    assertThat(merged.out()).contains("1 row in 1 commit,");
    assertThat(similarityOfBreadAndFrost("half")).isBetween(0.5, 0.99);
  }

  @Test
  void packedVectorsHaveNoStatistics() throws IOException {
    assertThat(embed("packed").code()).isZero();
    int chunks = 0;
    try (Stream<Path> files = Files.walk(directory.resolve("packed"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".parquet")).toList()) {
        for (ColumnChunkMetaData column : columns(file)) {
          boolean isVector = column.getPath().toDotString().equals("embedding");
          assertThat(column.getStatistics().hasNonNullValue()).isEqualTo(!isVector);
          assertThat(column.hasDictionaryPage() && isVector).isFalse();
          chunks += isVector ? 1 : 0;
        }
      }
    }
    assertThat(chunks).isPositive();
    String log = Files.readString(directory.resolve("packed/_delta_log/00000000000000000000.json"));
    assertThat(log).contains("\\\"minValues\\\":{\\\"id\\\":").doesNotContain("{\\\"embedding\\\"");
  }

  @Test
  void anotherTypeIsRefused() throws IOException {
    assertThat(embed("int8").code()).isZero();
    Path input = directory.resolve("rows.jsonl");
    Cli.Result mixed =
        Cli.run(
            "embed",
            "--input",
            input.toString(),
            "--output",
            table("int8"),
            "--mode",
            "append",
            "--vector-type",
            "binary");
    assertThat(mixed.code()).isEqualTo(2);
    assertThat(mixed.err())
        .contains("its vectors have type int8")
        .contains("this job has type binary");
    Cli.Result raw = embed("binary", "--set", "normalize=false");
    assertThat(raw.code()).isEqualTo(2);
    assertThat(raw.err())
        .contains(
            "Invalid vector-type: binary (must go with --set normalize=true, because it needs vectors of norm 1)");
  }

  @Test
  void filesSuitVectors() throws IOException {
    assertThat(embed("float").code()).isZero();
    Set<CompressionCodecName> codecs = new HashSet<>();
    boolean dictionary = false;
    try (Stream<Path> files = Files.walk(directory.resolve("float"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".parquet")).toList()) {
        for (ColumnChunkMetaData column : columns(file)) {
          codecs.add(column.getCodec());
          if (column.getPath().toDotString().equals("embedding.list.element")) {
            dictionary |= column.hasDictionaryPage();
          }
        }
      }
    }
    assertThat(codecs).containsExactly(CompressionCodecName.ZSTD);
    assertThat(dictionary).isFalse();
    assertThat(
            Cli.spark()
                .conf()
                .getAll()
                .contains("parquet.enable.dictionary#embedding.list.element"))
        .isFalse();
  }

  private static List<ColumnChunkMetaData> columns(Path file) throws IOException {
    var path = new org.apache.hadoop.fs.Path(file.toUri());
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(path, new Configuration()))) {
      return reader.getFooter().getBlocks().stream()
          .flatMap(block -> block.getColumns().stream())
          .toList();
    }
  }

  @Test
  @Tag("slow")
  void evaluationSaysWhatIsLost() throws IOException {
    double exact = ndcg("float");
    assertThat(ndcg("binary")).isBetween(exact - 0.15, exact + 0.05);
    assertThat(ndcg("packed")).isEqualTo(exact);
    assertThat(ndcg("half")).isCloseTo(exact, within(1e-3));
  }

  private double ndcg(String type) throws IOException {
    Path output = directory.resolve("evaluated-" + type);
    Cli.Result result =
        Cli.run(
            "evaluate",
            "--dataset",
            dataset().toString(),
            "--output",
            output.toString(),
            "--vector-type",
            type);
    assertThat(result.code()).as(result.err()).isZero();
    JsonNode metrics = new ObjectMapper().readTree(output.resolve("metrics.json").toFile());
    assertThat(metrics.get("vector_type").asText()).isEqualTo(type);
    return metrics.at("/metrics/NDCG@10").doubleValue();
  }

  /** Writes the sample with its first 30 documents. */
  private Path dataset() throws IOException {
    Path folder = directory.resolve("dataset");
    Files.createDirectories(folder.resolve("qrels"));
    Path sample = Path.of("../notebooks/sample");
    List<String> documents = Files.readAllLines(sample.resolve("corpus.jsonl"));
    Files.write(folder.resolve("corpus.jsonl"), documents.subList(0, 30));
    for (String file : List.of("queries.jsonl", "qrels/test.tsv")) {
      Files.write(folder.resolve(file), Files.readAllBytes(sample.resolve(file)));
    }
    return folder;
  }
}
