package io.e5spark.table;

import io.e5spark.lists.StatedIndex;
import io.e5spark.platform.Place;
import io.e5spark.platform.TableLocation;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Checks the table that a job writes before the job embeds anything: it is ours, it is not the
 * source, and Delta will accept the rows.
 *
 * @param name the path or the catalog name of the table
 * @param warnings receives what the table will lose
 */
public record OutputCheck(
    SparkSession spark, String name, WriteMode mode, Consumer<String> warnings) {

  /**
   * Checks.
   *
   * @param texts the rows that the job reads
   * @param schema the schema of the rows that it will write
   * @param properties what the table will say about them
   * @throws IllegalArgumentException if the table belongs to something else, is the source itself,
   *     or holds other vectors or columns
   * @throws UncheckedIOException if nothing can be written there
   */
  public void require(Dataset<Row> texts, StructType schema, VectorProperties properties) {
    requireRemembered();
    requireNotRead(texts);
    requireOutsideOtherTables();
    requireOutsideOfSource(texts);
    VectorTable table = new VectorTable(spark, name);
    if (!table.exists()) {
      requireNames(schema, Map.of());
      if (location().isPath()) {
        location().requireWritableDirectory();
      }
    } else if (mode.replaces()) {
      requireReplaceable(table, schema);
    } else {
      table.requireSame(schema, properties);
      table.lists().requireReadable(properties);
    }
  }

  private void requireRemembered() {
    if (mode == WriteMode.MERGE && !location().isRemembered()) {
      throw new IllegalArgumentException(
          "Cannot merge into table %s: the catalog is kept in memory, so the next run would not find it (name a path, such as ./%s)"
              .formatted(name, name));
    }
  }

  /** A view may join the table to texts, so that a job adds only new ones. */
  private void requireNotRead(Dataset<Row> texts) {
    Optional<Place> output = location().place();
    List<Place> read = Place.readBy(texts);
    List<Place> within =
        read.stream().filter(place -> output.filter(place::isWithin).isPresent()).toList();
    if (!within.isEmpty() && (mode.replaces() || within.size() == read.size())) {
      throw new IllegalArgumentException(
          "Cannot write to %s: the job reads its texts from there (name another --output)"
              .formatted(name));
    }
  }

  private void requireOutsideOtherTables() {
    if (location().isPath()) {
      location()
          .enclosingTable()
          .ifPresent(
              table -> {
                throw new IllegalArgumentException(
                    "Cannot write to %s: it lies inside the Delta table %s, whose VACUUM would delete it"
                        .formatted(name, table.toUri().getPath()));
              });
    }
  }

  /** Otherwise, the next run would read the files of the table as texts. */
  private void requireOutsideOfSource(Dataset<Row> texts) {
    Optional<Place> output = location().place();
    for (Place read : Place.readBy(texts)) {
      if (output.filter(place -> place.isListedIn(read)).isPresent()) {
        throw new IllegalArgumentException(
            "Cannot write to %s: it lies inside the source %s (name another --output)"
                .formatted(name, read.path()));
      }
    }
  }

  private void requireNames(StructType schema, Map<String, String> properties) {
    new ColumnNames(name).require(schema, ColumnNames.mode(properties, spark.conf()));
  }

  private void requireReplaceable(VectorTable table, StructType schema) {
    TableLayout layout = table.layout();
    layout.requireReplaceable(spark, name, schema, mode);
    requireNames(schema, layout.properties());
    warn(layout, schema);
  }

  private void warn(TableLayout layout, StructType schema) {
    List<String> lost = layout.lost(spark, schema);
    if (!lost.isEmpty()) {
      warnings.accept("Warning: table %s loses %s".formatted(name, String.join(", ", lost)));
    }
    if (StatedIndex.of(layout.properties()).isPresent()) {
      warnings.accept(
          "Warning: table %s loses its index (make a new one with e5-spark index)".formatted(name));
    }
    List<String> columns = new ArrayList<>(List.of(layout.schema().fieldNames()));
    columns.removeIf(
        column -> List.of(schema.fieldNames()).stream().anyMatch(column::equalsIgnoreCase));
    StatedIndex.of(layout.properties()).ifPresent(index -> columns.remove(index.column()));
    if (!columns.isEmpty()) {
      warnings.accept("Warning: table %s loses the columns %s".formatted(name, columns));
    }
  }

  private TableLocation location() {
    return new TableLocation(spark, name);
  }
}
