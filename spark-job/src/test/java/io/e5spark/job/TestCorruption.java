package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that a job ends with one clear line if files are damaged, and that it writes nothing. */
class TestCorruption {
  private static final String FIRST_COMMIT = "_delta_log/00000000000000000000.json";

  @TempDir Path directory;
  private Path input;
  private Path output;

  @BeforeEach
  void writeRows() throws IOException {
    input = directory.resolve("texts");
    output = directory.resolve("vectors");
    Files.createDirectories(input);
    Files.writeString(input.resolve("0.jsonl"), "{\"id\":\"1\",\"text\":\"salt\"}");
  }

  private Cli.Result embed(String source, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("embed", "--input", source, "--output", output.toString()));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private static void damage(Path file) throws IOException {
    // Delta reads what it says about a version in place of the commit.
    Files.deleteIfExists(Path.of(file.toString().replace(".json", ".crc")));
    damageAlone(file);
  }

  private static void damageAlone(Path file) throws IOException {
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    Files.writeString(file, "{\"commitInfo\":{\"ti");
    DeltaLog.clearCache();
  }

  private List<Path> dataFiles() throws IOException {
    if (!Files.exists(output)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(output)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
    }
  }

  private static void isOneLine(Cli.Result result, String about) {
    assertThat(result.code()).isIn(1, 2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err().strip().lines().filter(line -> line.startsWith("e5-spark: ")))
        .singleElement()
        .asString()
        .contains(about);
    assertThat(result.err()).doesNotContain("\tat ");
  }

  @Test
  void logOfTheVectorTable() throws IOException {
    assertThat(embed(input.toString()).code()).isZero();
    List<Path> before = dataFiles();
    damage(output.resolve(FIRST_COMMIT));
    isOneLine(embed(input.toString(), "--mode", "append"), "");
    isOneLine(embed(input.toString(), "--mode", "merge"), "");
    assertThat(dataFiles()).isEqualTo(before);
  }

  @Test
  void commitOfTheVectorTableWhoseChecksumIsWhole() throws IOException {
    assertThat(embed(input.toString()).code()).isZero();
    Files.writeString(input.resolve("0.jsonl"), "{\"id\":\"1\",\"text\":\"pepper\"}");
    damageAlone(output.resolve(FIRST_COMMIT));
    isOneLine(embed(input.toString(), "--mode", "merge"), "");
    assertThat(output.resolve(FIRST_COMMIT.replace("0.json", "1.json"))).doesNotExist();
  }

  @Test
  void logOfTheSource() throws IOException {
    Path source = directory.resolve("delta");
    Cli.spark().read().json(input.toString()).write().format("delta").save(source.toString());
    damage(source.resolve(FIRST_COMMIT));
    isOneLine(embed(source.toString()), "");
    assertThat(dataFiles()).isEmpty();
  }

  @Test
  void checkpointOfAStream() throws IOException {
    String[] stream = {"--mode", "merge", "--stream", "--until-done"};
    assertThat(embed(input.toString(), stream).code()).isZero();
    List<Path> before = dataFiles();
    Path offsets = directory.resolve("vectors_checkpoint/offsets/0");
    damage(offsets);
    isOneLine(embed(input.toString(), stream), "");
    assertThat(dataFiles()).isEqualTo(before);
  }
}
