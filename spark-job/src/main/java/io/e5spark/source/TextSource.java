package io.e5spark.source;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import io.e5spark.platform.ColumnName;
import io.e5spark.platform.SessionCopy;
import io.e5spark.platform.TableLocation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamReader;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StringType;
import org.jspecify.annotations.Nullable;

/**
 * Texts and what identifies them.
 *
 * @param input a path, a catalog table, or a topic {@code kafka://HOST:PORT/TOPIC}
 * @param format how a path is stored
 * @param idColumns columns that identify a row; empty takes {@code id} or {@code _id}, which exists
 * @param textColumns columns whose text is embedded, joined with one blank and trimmed if several
 * @param keepColumns further columns to carry over
 * @param version of a Delta table; null for the newest, or where the source is not a Delta table
 */
public record TextSource(
    String input,
    SourceFormat format,
    List<String> idColumns,
    List<String> textColumns,
    List<String> keepColumns,
    @Nullable Long version) {
  /** The column that {@link #read} adds: a row's one text, null where all its parts are. */
  public static final String TEXT = "__e5_text";

  private static final List<String> USUAL_IDS = List.of("id", "_id");

  /** A source at its newest version. */
  public TextSource(
      String input,
      SourceFormat format,
      List<String> idColumns,
      List<String> textColumns,
      List<String> keepColumns) {
    this(input, format, idColumns, textColumns, keepColumns, null);
  }

  /**
   * The identifying and kept columns, and {@link #TEXT}.
   *
   * @throws IllegalArgumentException if the source cannot be found or a column is missing
   */
  public Dataset<Row> read(SparkSession spark) {
    return select(table(spark));
  }

  /**
   * What has changed since an earlier version; nothing where that is not recorded.
   *
   * @param after a version that this source had
   */
  public Optional<ChangeFeed> changes(SparkSession spark, long after) {
    TableLocation location = new TableLocation(spark, input);
    if (version == null || after > version || !location.hasChangeFeed()) {
      return Optional.empty();
    }
    if (after == version) {
      Dataset<Row> none = table(spark).limit(0);
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
    return Optional.of(ChangeFeed.of(changes, idColumns));
  }

  /** What tells a Delta table from another that was made in its place. */
  public String tableId(SparkSession spark) {
    return new TableLocation(spark, input).delta().detail().head().getAs("id");
  }

  /** Whether {@link #stream} gives changes rather than rows. */
  public boolean hasChangeFeed(SparkSession spark) {
    return isMaybeDelta() && new TableLocation(spark, input).hasChangeFeed();
  }

  private boolean isMaybeDelta() {
    return format.isDelta() && topic().isEmpty();
  }

  /** Whether it is a topic of messages. */
  public boolean isTopic() {
    return topic().isPresent();
  }

  private Optional<KafkaTopic> topic() {
    return KafkaTopic.at(input);
  }

  /**
   * All its rows and columns, now and as they come; of a Delta table with a change data feed, the
   * changes; of a topic, the messages.
   *
   * @param files most files of a batch
   * @param since version of the table from which on changes are wanted; the same each time that a
   *     checkpoint is gone on from
   */
  public Dataset<Row> stream(SparkSession spark, int files, long since) {
    if (topic().isPresent()) {
      return topic().get().stream(spark);
    }
    TableLocation location = new TableLocation(spark, input);
    DataStreamReader reader = spark.readStream().option("maxFilesPerTrigger", files);
    if (format.isDelta() && location.deltaVersion().isPresent()) {
      DataStreamReader strict =
          SessionCopy.strict(spark).readStream().option("maxFilesPerTrigger", files);
      DataStreamReader delta =
          location.hasChangeFeed()
              ? strict.option(ChangeFeed.OPTION, true).option("startingVersion", since)
              : strict;
      return location.isPath()
          ? delta.format("delta").load(location.path().toString())
          : delta.table(input);
    }
    return location.isPath()
        ? format.stream(reader.schema(table(spark).schema()), spark, location.path().toString())
        : reader.table(input);
  }

  /** The rows that a batch of {@link #stream} gives, where it does not give changes. */
  public Dataset<Row> rows(Dataset<Row> batch) {
    return topic().map(topic -> rows(topic, batch)).orElse(batch);
  }

  private Dataset<Row> rows(KafkaTopic topic, Dataset<Row> messages) {
    List<String> keys = idColumns.isEmpty() ? USUAL_IDS.subList(0, 1) : idColumns;
    List<String> fields =
        Stream.of(keys, textColumns, keepColumns).flatMap(List::stream).distinct().toList();
    return topic.rows(messages, fields, keys);
  }

  /** The same source, a Delta table at the version that it has when it is read. */
  public TextSource newest() {
    return new TextSource(input, format, idColumns, textColumns, keepColumns);
  }

  /** The same of rows that are at hand. */
  public Dataset<Row> select(Dataset<Row> rows) {
    List<Column> columns = new ArrayList<>();
    for (String name : carried(rows)) {
      // Without what the source's table says of the column, such as a default value.
      columns.add(column(rows, name).as(name, Metadata.empty()));
    }
    columns.add(text(rows).as(TEXT, Metadata.empty()));
    return rows.select(columns.toArray(Column[]::new));
  }

  /**
   * The same source with its whole path, its identifying columns and, of a Delta table, its newest
   * version named, so that it stays the same whatever is committed later.
   */
  public TextSource resolved(SparkSession spark) {
    TableLocation location = new TableLocation(spark, input);
    boolean isPath = topic().isEmpty() && location.isPath();
    String whole = isPath ? location.path().toString() : input;
    OptionalLong newest = isMaybeDelta() ? location.deltaVersion() : OptionalLong.empty();
    return new TextSource(
        whole,
        format,
        ids(table(spark)),
        textColumns,
        keepColumns,
        newest.isPresent() ? (Long) newest.getAsLong() : null);
  }

  /** All its rows and columns. */
  private Dataset<Row> table(SparkSession spark) {
    if (topic().isPresent()) {
      return rows(topic().get(), topic().get().read(spark));
    }
    TableLocation location = new TableLocation(spark, input);
    if (!location.isPath()) {
      if (!location.inCatalog()) {
        throw new IllegalArgumentException(
            "Cannot read source %s: there is no such path or table".formatted(input));
      }
      return reader(spark).table(input);
    }
    if (!location.exists(location.path())) {
      throw new IllegalArgumentException(
          "Cannot read source %s: the path does not exist".formatted(input));
    }
    requireWholeTable(location);
    return version == null
        ? format.read(spark, location.path().toString())
        : reader(spark).format("delta").load(location.path().toString());
  }

  /** Read as files, a Delta table's directory gives the rows that were deleted too. */
  private void requireWholeTable(TableLocation location) {
    boolean asFiles = format == SourceFormat.PARQUET && location.has("_delta_log");
    boolean isPart = format != SourceFormat.DELTA && location.enclosingTable().isPresent();
    if (asFiles || isPart) {
      throw new IllegalArgumentException(
          "Cannot read source %s: its files are those of a Delta table, rows that it has deleted among them (name the table as --input)"
              .formatted(input));
    }
  }

  private DataFrameReader reader(SparkSession spark) {
    return version == null
        ? spark.read()
        : SessionCopy.strict(spark).read().option("versionAsOf", version);
  }

  private List<String> carried(Dataset<Row> rows) {
    List<String> carried = new ArrayList<>(ids(rows));
    keepColumns.stream().filter(name -> !carried.contains(name)).forEach(carried::add);
    return carried;
  }

  private List<String> ids(Dataset<Row> rows) {
    if (!idColumns.isEmpty()) {
      return idColumns;
    }
    List<String> found = Arrays.asList(rows.columns());
    return USUAL_IDS.stream()
        .filter(found::contains)
        .findFirst()
        .map(List::of)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot read source %s: it has no column id or _id, found %s (name one with --id-column)"
                        .formatted(input, found)));
  }

  private Column text(Dataset<Row> rows) {
    Column[] parts =
        textColumns.stream().map(name -> textColumn(rows, name)).toArray(Column[]::new);
    if (parts.length == 1) {
      return parts[0];
    }
    return when(coalesce(parts).isNotNull(), trim(concat_ws(" ", parts)));
  }

  private Column textColumn(Dataset<Row> rows, String name) {
    Column column = column(rows, name);
    DataType type = rows.select(column).schema().fields()[0].dataType();
    if (!(type instanceof StringType)) {
      throw new IllegalArgumentException(
          "Cannot embed column %s: it holds %s (must be string)".formatted(name, type.sql()));
    }
    return column;
  }

  private Column column(Dataset<Row> rows, String name) {
    List<String> found = Arrays.asList(rows.columns());
    if (!found.contains(name)) {
      throw new IllegalArgumentException(
          "Cannot read source %s: column '%s' is missing, found %s".formatted(input, name, found));
    }
    return ColumnName.column(name);
  }
}
