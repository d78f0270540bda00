package io.e5spark.source;

import static org.apache.spark.sql.functions.col;

import io.e5spark.platform.SessionCopy;
import io.e5spark.platform.TableLocation;
import java.net.URI;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamReader;

/** A source as it grows. */
record SourceStream(SourceRows source) {
  /** The file that a row came from, if it came from one. */
  private static final String FILE = "__e5_file";

  /**
   * All rows, now and as they arrive; for a Delta table with a change data feed, the changes; for a
   * topic, the messages.
   *
   * @param files the most files per batch
   * @param since the version of the table from which on changes are wanted
   */
  Dataset<Row> read(int files, long since) {
    SparkSession spark = source.spark();
    if (source.topic().isPresent()) {
      return source.topic().get().stream(spark);
    }
    TableLocation location = source.location();
    if (source.form().format().isDelta() && location.isDelta()) {
      return source.columns().prepared(delta(bounded(SessionCopy.strict(spark), files), since));
    }
    DataStreamReader reader = bounded(spark, files);
    return source
        .columns()
        .prepared(location.isPath() ? files(reader) : reader.table(source.columns().input()));
  }

  private static DataStreamReader bounded(SparkSession spark, int files) {
    return spark.readStream().option("maxFilesPerTrigger", files);
  }

  private Dataset<Row> delta(DataStreamReader reader, long since) {
    TableLocation location = source.location();
    DataStreamReader delta =
        location.hasChangeFeed()
            ? reader.option(ChangeFeed.OPTION, true).option("startingVersion", since)
            : reader;
    return location.isPath()
        ? delta.format("delta").load(location.path().toString())
        : delta.table(source.columns().input());
  }

  private Dataset<Row> files(DataStreamReader reader) {
    SourceFiles listed = SourceFiles.in(source.spark(), source.location().path().toString());
    // Otherwise, Spark skips a file that is a week older than another.
    DataStreamReader anyAge = reader.option("maxFileAge", "36500d");
    return new SourceReader(source.spark(), source.formOf(listed))
        .stream(anyAge, listed).withColumn(FILE, col("_metadata.file_path"));
  }

  /**
   * The rows of a batch, unless it contains changes.
   *
   * @throws IllegalArgumentException if a file would not be read as it is written
   */
  Dataset<Row> rows(Dataset<Row> batch) {
    if (source.topic().isPresent()) {
      return source.rows(source.topic().get(), batch);
    }
    if (!List.of(batch.columns()).contains(FILE)) {
      return batch;
    }
    List<String> files =
        batch.select(FILE).distinct().as(Encoders.STRING()).collectAsList().stream()
            .map(file -> new Path(URI.create(file)).toString())
            .toList();
    SourceFiles listed = SourceFiles.in(source.spark(), source.columns().input());
    source.check(source.formOf(listed), files);
    return batch.drop(FILE);
  }
}
