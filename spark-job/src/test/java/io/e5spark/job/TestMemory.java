package io.e5spark.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.repeat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that many short texts and very long texts pass through one job without accumulating in
 * memory. The properties {@code -De5.short-texts=2000000 -De5.long-texts=2000} set their numbers.
 * Equal short texts are embedded once per window, so that Spark and Delta do most of the work.
 */
class TestMemory {
  private static final int DIFFERENT = 50;
  private static final int LONG = 1 << 20;

  @TempDir Path directory;

  @Test
  void everyRowComesOut() throws Exception {
    long shortTexts = Integer.getInteger("e5.short-texts", 20_000);
    long longTexts = Integer.getInteger("e5.long-texts", 4);
    String input = directory.resolve("texts").toString();
    write(input, shortTexts, concat(lit("text "), functions.pmod(col("id"), lit(DIFFERENT))));
    write(input, longTexts, repeat(lit("long text "), LONG / 10));
    String output = directory.resolve("vectors").toString();
    Cli.Result result =
        Cli.run("embed", "--input", input, "--output", output, "--set", "max-tokens=32", "--json");
    assertThat(result.code()).as(result.err()).isZero();
    JsonNode report = new ObjectMapper().readTree(result.out());
    assertThat(report.at("/rows/embedded").asLong()).isEqualTo(shortTexts + longTexts);
    assertThat(report.at("/rows/truncated").asLong()).isEqualTo(longTexts);
    assertThat(
            Cli.spark().read().format("delta").load(output).where("embedding is not null").count())
        .isEqualTo(shortTexts + longTexts);
  }

  private static void write(String path, long rows, Column text) {
    Cli.spark().range(rows).withColumn("text", text).write().mode(SaveMode.Append).parquet(path);
  }
}
