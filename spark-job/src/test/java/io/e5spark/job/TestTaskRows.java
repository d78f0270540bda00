package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.mteb.folder.TaskRows;
import io.e5spark.platform.DataFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestTaskRows {
  private static final String SPLIT_SIZE = "spark.sql.files.maxPartitionBytes";

  @TempDir Path directory;
  private final SparkSession spark = Cli.spark();

  @BeforeEach
  void manyParts() {
    spark.conf().set(SPLIT_SIZE, "1000");
  }

  @AfterEach
  void usualParts() {
    spark.conf().unset(SPLIT_SIZE);
  }

  private DataFile lines(String name, int from, int to) throws IOException {
    String text =
        IntStream.range(from, to)
            .mapToObj("{\"text\": \"number %d\"}\n"::formatted)
            .collect(Collectors.joining());
    return file(Files.writeString(directory.resolve(name), text));
  }

  private static DataFile file(Path path) {
    return new DataFile(path.toString(), new Configuration());
  }

  private List<String> read(DataFile... files) {
    List<Row> rows =
        new TaskRows(spark).read(List.of(files)).orderBy(TaskRows.NUMBER).collectAsList();
    assertThat(rows.stream().map(row -> row.<Long>getAs(TaskRows.NUMBER)))
        .containsExactlyElementsOf(
            IntStream.range(0, rows.size()).mapToObj(Long::valueOf).toList());
    return rows.stream().map(row -> row.<String>getAs("text")).toList();
  }

  private static List<String> numbers(int to) {
    return IntStream.range(0, to).mapToObj("number %d"::formatted).toList();
  }

  @Test
  void rowsAreNumberedInTheOrderOfTheFilesWhateverTheirParts() throws IOException {
    assertThat(read(lines("a.jsonl", 0, 10), lines("b.jsonl", 10, 500), lines("c.jsonl", 500, 600)))
        .isEqualTo(numbers(600));
  }

  @Test
  void rowsOfParquetAreNumberedAsTheyLie() throws IOException {
    Path one = directory.resolve("one");
    spark
        .range(0, 300, 1, 1)
        .selectExpr("concat('number ', id) text")
        .write()
        .parquet(one.toString());
    try (var files = Files.list(one)) {
      Path part =
          files.filter(path -> path.toString().endsWith(".parquet")).findFirst().orElseThrow();
      assertThat(read(file(part))).isEqualTo(numbers(300));
    }
  }

  @Test
  void nameWithBracketsIsNoPattern() throws IOException {
    lines("a.jsonl", 5, 9);
    assertThat(read(lines("[a].jsonl", 0, 3))).isEqualTo(numbers(3));
  }

  @Test
  void fileMayBeOneDocument() throws IOException {
    Path whole = directory.resolve("whole.json");
    Files.writeString(whole, "[\n{\"text\": \"number 0\"},\n{\"text\": \"number 1\"}\n]\n");
    assertThat(read(file(whole))).isEqualTo(numbers(2));
  }

  @Test
  void whatWouldBeLostIsRefused() throws IOException {
    Path two = directory.resolve("two.jsonl");
    Files.writeString(two, "{\"text\": \"a\"}{\"text\": \"b\"}\n");
    assertThatThrownBy(() -> read(file(two)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a line has more than one JSON object");
    Path latin = directory.resolve("latin.jsonl");
    Files.write(
        latin,
        "{\"text\": \"caf\u00e9\"}\n".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> read(file(latin)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("UTF-8");
  }
}
