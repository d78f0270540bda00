package io.e5spark.source;

import io.e5spark.platform.SessionCopy;
import io.e5spark.platform.TableLocation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a source, with all its columns: a table, files, or a topic.
 *
 * @param form how the files of a path are written
 * @param version the version of a Delta table; null for the newest
 * @param columns the columns that are wanted
 */
record SourceRows(
    SparkSession spark, FileForm form, @Nullable Long version, SourceColumns columns) {
  /** All rows. */
  Dataset<Row> all() {
    return isOfFiles() ? files(SourceFiles.in(spark, path())) : stored();
  }

  /**
   * All rows; files are checked first.
   *
   * @throws IllegalArgumentException if a file would not be read as it is written
   */
  Dataset<Row> checked() {
    if (!isOfFiles()) {
      return stored();
    }
    SourceFiles files = SourceFiles.in(spark, path());
    FileForm written = formOf(files);
    check(written, written.format().isLines() ? List.of(path()) : files.files());
    return files(files);
  }

  /** Checks that files would be read as they are written. */
  void check(FileForm written, List<String> files) {
    Set<String> texts = Set.copyOf(columns.textColumns());
    new FileCheck(spark, written, Set.copyOf(columns.checked()), texts).require(files);
  }

  /** The form of listed files. */
  FileForm formOf(SourceFiles files) {
    return form.format() == SourceFormat.AUTO ? form.as(files.format()) : form;
  }

  TableLocation location() {
    return new TableLocation(spark, columns.input());
  }

  Optional<KafkaTopic> topic() {
    return KafkaTopic.at(columns.input());
  }

  /** The rows in the messages of a topic. */
  Dataset<Row> rows(KafkaTopic topic, Dataset<Row> messages) {
    List<String> keys = columns.keys();
    List<String> fields =
        Stream.of(keys, columns.textColumns(), columns.keepColumns())
            .flatMap(List::stream)
            .distinct()
            .toList();
    return topic.rows(messages, fields, keys);
  }

  private String path() {
    return location().path().toString();
  }

  /**
   * Whether it is a path that is not read as a Delta table.
   *
   * @throws IllegalArgumentException if the path does not exist, or is a part of a Delta table
   */
  private boolean isOfFiles() {
    TableLocation location = location();
    if (topic().isPresent() || !location.isPath()) {
      return false;
    }
    if (!location.exists(location.path())) {
      throw new IllegalArgumentException(
          "Cannot read source %s: the path %s does not exist".formatted(columns.input(), path()));
    }
    requireWholeTable(location);
    boolean isDelta = form.format() == SourceFormat.DELTA || location.has("_delta_log");
    return !(form.format().isDelta() && isDelta);
  }

  /**
   * If it is read as files, the directory of a Delta table also gives the rows that were deleted.
   */
  private void requireWholeTable(TableLocation location) {
    boolean asFiles = form.format() == SourceFormat.PARQUET && location.has("_delta_log");
    boolean isPart = form.format() != SourceFormat.DELTA && location.enclosingTable().isPresent();
    if (asFiles || isPart) {
      throw new IllegalArgumentException(
          "Cannot read source %s: its files belong to a Delta table and include rows that the table has deleted (name the table as --input)"
              .formatted(columns.input()));
    }
  }

  private Dataset<Row> stored() {
    if (topic().isPresent()) {
      return rows(topic().get(), topic().get().read(spark));
    }
    TableLocation location = location();
    if (!location.isPath() && !location.inCatalog()) {
      throw new IllegalArgumentException(
          "Cannot read source %s: the catalog has no such table, and there is no path %s"
              .formatted(columns.input(), path()));
    }
    if (columns.rowIds() == RowIds.NUMBER) {
      throw new IllegalArgumentException(
          "Invalid generate-id: number (must be hash for a table, whose rows have no order)");
    }
    return columns.prepared(
        location.isPath()
            ? reader(location).format("delta").load(path())
            : reader(location).table(columns.input()));
  }

  /** A view is found only in the session itself. */
  private DataFrameReader reader(TableLocation location) {
    if (version != null) {
      return SessionCopy.strict(spark).read().option("versionAsOf", version);
    }
    boolean isDelta = location.isPath() || location.isDelta();
    return isDelta ? SessionCopy.strict(spark).read() : spark.read();
  }

  private Dataset<Row> files(SourceFiles files) {
    Dataset<Row> rows = new SourceReader(spark, formOf(files)).read(files);
    return columns.prepared(columns.rowIds() == RowIds.NUMBER ? numbered(rows) : rows);
  }

  private Dataset<Row> numbered(Dataset<Row> rows) {
    columns.requireNoId(rows);
    return RowNumbers.with(rows);
  }
}
