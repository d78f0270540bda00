package io.e5spark.source;

import io.e5spark.platform.DataFile;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The header of CSV files, from which Spark makes column names. Spark's reader takes paths for
 * patterns, so it is read here.
 */
record CsvHeader(SparkSession spark, FileForm form) {

  /** The columns of the first file that has any. */
  StructType schema(SourceFiles files) {
    Configuration configuration = spark.sessionState().newHadoopConf();
    for (String file : files.files()) {
      String header = header(new DataFile(file, configuration));
      if (!header.isEmpty()) {
        return spark
            .read()
            .options(ReadOptions.of(form))
            .csv(spark.createDataset(List.of(header), Encoders.STRING()))
            .schema();
      }
    }
    throw new IllegalArgumentException(
        "Cannot read source %s: no file has a header".formatted(files.path()));
  }

  private String header(DataFile file) {
    try (Reader reader = file.reader(Charset.forName(form.encodingOfCsv()))) {
      return new RecordScan(reader, form.separator().charAt(0)).header();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file.location() + ": " + e.getMessage(), e);
    }
  }
}
