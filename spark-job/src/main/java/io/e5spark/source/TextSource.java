package io.e5spark.source;

import io.e5spark.platform.SessionCopy;
import io.e5spark.platform.TableLocation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Texts and what identifies them.
 *
 * @param input a path, a catalog table, or a topic {@code kafka://HOST:PORT/TOPIC}
 * @param form how the files of a path are written
 * @param rowIds the origin of the identifier of a row
 * @param idColumns the columns that identify a row; if empty, {@code id} or {@code _id}, whichever
 *     exists
 * @param textColumns the columns whose text is embedded; several are joined with a space and
 *     trimmed
 * @param keepColumns further columns to carry over
 * @param version the version of a Delta table; null for the newest, and for other sources
 */
public record TextSource(
    String input,
    FileForm form,
    RowIds rowIds,
    List<String> idColumns,
    List<String> textColumns,
    List<String> keepColumns,
    @Nullable Long version) {
  /** The column that {@link #read} adds: the text of a row; null if all its parts are null. */
  public static final String TEXT = SourceColumns.TEXT;

  /**
   * A source.
   *
   * @throws IllegalArgumentException if identifiers are to be generated, although columns are given
   *     for them or the rows are messages
   */
  public TextSource {
    if (rowIds != RowIds.COLUMNS) {
      List<String> made = List.of(RowIds.COLUMN);
      if (KafkaTopic.at(input).isPresent() || !(idColumns.isEmpty() || idColumns.equals(made))) {
        throw new IllegalArgumentException(
            "Invalid generate-id: %s (must be left out where --id-column or a topic is given)"
                .formatted(rowIds));
      }
      idColumns = made;
    }
  }

  /** A source at its newest version, in UTF-8 and with its own identifiers. */
  public TextSource(
      String input,
      SourceFormat format,
      List<String> idColumns,
      List<String> textColumns,
      List<String> keepColumns) {
    this(input, FileForm.of(format), RowIds.COLUMNS, idColumns, textColumns, keepColumns, null);
  }

  /** How the files of a path are stored. */
  public SourceFormat format() {
    return form.format();
  }

  /** The same source with other columns to carry over. */
  public TextSource keeping(List<String> columns) {
    return new TextSource(input, form, rowIds, idColumns, textColumns, columns, version);
  }

  /**
   * The identifying columns, the kept columns, and {@link #TEXT}, for files that {@link #resolved}
   * has checked.
   *
   * @throws IllegalArgumentException if the source cannot be found or a column is missing
   */
  public Dataset<Row> read(SparkSession spark) {
    return select(rows(spark).all());
  }

  /**
   * The changes since an earlier version; empty if they are not recorded.
   *
   * @param after a version that this source had
   */
  public Optional<ChangeFeed> changes(SparkSession spark, long after) {
    TableLocation location = new TableLocation(spark, input);
    if (version == null || after > version || !location.hasChangeFeed()) {
      return Optional.empty();
    }
    if (after == version) {
      Dataset<Row> none = rows(spark).all().limit(0);
      return Optional.of(new ChangeFeed(none, none));
    }
    DataFrameReader reader =
        SessionCopy.strict(spark)
            .read()
            .option(ChangeFeed.OPTION, "true")
            .option("startingVersion", after + 1)
            .option("endingVersion", version);
    Dataset<Row> changes =
        location.isPath()
            ? reader.format("delta").load(location.path().toString())
            : reader.table(input);
    return Optional.of(ChangeFeed.of(columns().prepared(changes), idColumns));
  }

  /** Distinguishes a Delta table from another that was made in its place. */
  public String tableId(SparkSession spark) {
    return new TableLocation(spark, input).deltaId();
  }

  /** Whether {@link #stream} returns changes rather than rows. */
  public boolean hasChangeFeed(SparkSession spark) {
    return isMaybeDelta() && new TableLocation(spark, input).hasChangeFeed();
  }

  private boolean isMaybeDelta() {
    return format().isDelta() && topic().isEmpty();
  }

  /** Whether it is a topic of messages. */
  public boolean isTopic() {
    return topic().isPresent();
  }

  /** Whether it is a path of files that do not belong to a table. */
  public boolean isFiles(SparkSession spark) {
    TableLocation location = new TableLocation(spark, input);
    return topic().isEmpty() && location.isPath() && !(format().isDelta() && location.isDelta());
  }

  /**
   * How the files of a path are written, in the format that they have.
   *
   * @throws IllegalArgumentException if there are none, or their names show no format
   */
  public FileForm written(SparkSession spark) {
    return rows(spark).formOf(SourceFiles.in(spark, input));
  }

  private Optional<KafkaTopic> topic() {
    return KafkaTopic.at(input);
  }

  /**
   * All its rows and columns, now and as they arrive; for a Delta table with a change data feed,
   * the changes; for a topic, the messages.
   *
   * @param files the most files per batch
   * @param since the version of the table from which on changes are wanted; the same whenever a
   *     stream continues from a checkpoint
   */
  public Dataset<Row> stream(SparkSession spark, int files, long since) {
    return new SourceStream(rows(spark)).read(files, since);
  }

  /**
   * The rows of a batch of {@link #stream}, unless it contains changes.
   *
   * @throws IllegalArgumentException if a file would not be read as it is written
   */
  public Dataset<Row> rows(Dataset<Row> batch) {
    return new SourceStream(rows(batch.sparkSession())).rows(batch);
  }

  /** The same source; a Delta table is read at the version that it has at that time. */
  public TextSource newest() {
    return new TextSource(input, form, rowIds, idColumns, textColumns, keepColumns, null);
  }

  /** The identifying columns, the kept columns, and {@link #TEXT}, of given rows. */
  public Dataset<Row> select(Dataset<Row> rows) {
    return columns().select(rows);
  }

  /** The same source; a Delta table is read at the version that it has now. */
  public TextSource pinned(SparkSession spark) {
    return new TextSource(input, form, rowIds, idColumns, textColumns, keepColumns, now(spark));
  }

  /** The version of a Delta table that is read now; null for other sources. */
  private @Nullable Long now(SparkSession spark) {
    if (version != null || !isMaybeDelta()) {
      return version;
    }
    OptionalLong newest = new TableLocation(spark, input).deltaVersion();
    return newest.isPresent() ? (Long) newest.getAsLong() : null;
  }

  /**
   * The same source with its whole path, its identifying columns and, for a Delta table, its newest
   * version unless it is {@link #pinned}, so that it stays the same whatever is committed later.
   * Files are checked as well.
   *
   * @throws IllegalArgumentException if the source cannot be found, or a file would not be read as
   *     it is written
   */
  public TextSource resolved(SparkSession spark) {
    TableLocation location = new TableLocation(spark, input);
    boolean isPath = topic().isEmpty() && location.isPath();
    String whole = isPath ? location.path().toString() : input;
    Long now = now(spark);
    List<String> ids = columns().ids(rows(spark).checked());
    return new TextSource(whole, form, rowIds, ids, textColumns, keepColumns, now);
  }

  private SourceRows rows(SparkSession spark) {
    return new SourceRows(spark, form, version, columns());
  }

  private SourceColumns columns() {
    return new SourceColumns(input, rowIds, idColumns, textColumns, keepColumns);
  }
}
