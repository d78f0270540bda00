package io.e5spark.source;

import static org.apache.spark.sql.functions.col;

import io.e5spark.platform.DataFile;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Checks files before they are read, because Spark's readers replace bytes that the encoding does
 * not allow, skip what follows an object or a quote that never ends, and take a column that a file
 * lacks for null.
 *
 * @param texts the fields of JSON that hold texts or identify them
 * @param columns the columns that each file of Parquet needs
 */
record FileCheck(SparkSession spark, FileForm form, Set<String> texts, Set<String> columns) {
  private static final int FILES_A_TASK = 16;

  /**
   * Checks files.
   *
   * @throws IllegalArgumentException with its name, if a file would not be read as it is written
   */
  void require(List<String> files) {
    if (files.isEmpty() || form.format() == SourceFormat.DELTA) {
      return;
    }
    List<String> problems =
        form.format().isLines() ? ofLines(files) : ofWhole(files).collectAsList();
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("Cannot read source file " + problems.get(0));
    }
  }

  private List<String> ofLines(List<String> files) {
    FileForm checked = form;
    Set<String> fields = texts;
    MapPartitionsFunction<Row, String> check =
        rows -> {
          LineCheck line = new LineCheck(checked, fields);
          while (rows.hasNext()) {
            Row row = rows.next();
            Optional<String> problem = line.problem(row.getAs(1));
            if (problem.isPresent()) {
              return one(new Path(URI.create(row.getString(0))) + ": " + problem.get());
            }
          }
          return List.<String>of().iterator();
        };
    return spark
        .read()
        .options(ReadOptions.of(FileForm.of(SourceFormat.LINES)))
        .text(files.toArray(String[]::new))
        .select(col("_metadata.file_path"), col("value").cast("binary"))
        .mapPartitions(check, Encoders.STRING())
        .collectAsList();
  }

  private Dataset<String> ofWhole(List<String> files) {
    FileForm checked = form;
    Set<String> needed = columns;
    SerializableConfiguration configuration =
        new SerializableConfiguration(spark.sessionState().newHadoopConf());
    MapPartitionsFunction<String, String> check =
        paths -> {
          while (paths.hasNext()) {
            String path = paths.next();
            Optional<String> problem =
                checked.format() == SourceFormat.PARQUET
                    ? ParquetFooter.of(path, configuration.value()).missing(needed)
                    : problem(new DataFile(path, configuration.value()), checked);
            if (problem.isPresent()) {
              return one(path + ": " + problem.get());
            }
          }
          return List.<String>of().iterator();
        };
    return spark
        .createDataset(files, Encoders.STRING())
        .repartition(1 + files.size() / FILES_A_TASK)
        .mapPartitions(check, Encoders.STRING());
  }

  private static Iterator<String> one(String problem) {
    return List.of(problem).iterator();
  }

  private static Optional<String> problem(DataFile file, FileForm form) throws IOException {
    try (Reader reader = file.reader(form.charset())) {
      return form.format() == SourceFormat.CSV
          ? new RecordScan(reader, form.separator().charAt(0)).problem()
          : nul(reader);
    } catch (CharacterCodingException e) {
      return Optional.of(TextEncoding.problem(form));
    }
  }

  private static Optional<String> nul(Reader reader) throws IOException {
    for (int next = reader.read(); next >= 0; next = reader.read()) {
      if (next == 0) {
        return Optional.of(TextEncoding.NUL);
      }
    }
    return Optional.empty();
  }
}
