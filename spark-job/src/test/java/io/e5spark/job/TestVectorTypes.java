package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;
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
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vectors with fewer bits a component find what the whole ones find. */
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
    JsonNode exact = hits("float");
    JsonNode bytes = hits("int8");
    for (int rank = 0; rank < 3; rank++) {
      assertThat(bytes.get(rank).get("id")).isEqualTo(exact.get(rank).get("id"));
      assertThat(bytes.get(rank).get("score").asDouble())
          .isCloseTo(exact.get(rank).get("score").asDouble(), within(2e-3));
    }
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
    assertThat(mixed.err()).contains("its vectors have type int8").contains("this job's binary");
    Cli.Result raw = embed("binary", "--set", "normalize=false");
    assertThat(raw.code()).isEqualTo(2);
    assertThat(raw.err())
        .contains("Invalid vector-type: binary (needs vectors of norm 1, so --set normalize=true)");
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
  void evaluationSaysWhatIsLost() throws IOException {
    double exact = ndcg("float");
    assertThat(ndcg("binary")).isBetween(exact - 0.15, exact + 0.05);
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

  /** The sample with its first 30 documents. */
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
