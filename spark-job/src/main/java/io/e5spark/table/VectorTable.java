package io.e5spark.table;

import io.delta.exceptions.ConcurrentTransactionException;
import io.delta.exceptions.DeltaConcurrentModificationException;
import io.delta.tables.DeltaTable;
import io.e5spark.platform.TableLocation;
import io.e5spark.source.TextSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.CreateTableWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.analysis.TableAlreadyExistsException;
import org.apache.spark.sql.types.StructType;

/** A Delta table with a vector column, which knows the model of its vectors. */
public final class VectorTable {
  private static final String TEXTS = "e5.texts";

  private final SparkSession spark;
  private final TableLocation location;

  /** The table at this path or with this name, which need not exist. */
  public VectorTable(SparkSession spark, String name) {
    this.spark = spark;
    this.location = new TableLocation(spark, name);
  }

  /** Whether the table exists. */
  public boolean exists() {
    return location.isPath() ? location.isDeltaPath() : location.inCatalog();
  }

  /** Its rows. */
  public Dataset<Row> rows() {
    return delta().toDF();
  }

  /** Its rows, read in another session. */
  Dataset<Row> rows(SparkSession other) {
    return new TableLocation(other, location.name()).delta().toDF();
  }

  /** Distinguishes it from another table that was made in its place. */
  public String id() {
    return location.deltaId();
  }

  /**
   * Records where its texts come from, if it says something else.
   *
   * @param beforeCommit runs before each attempt to commit
   * @throws IllegalStateException if commits of other jobs keep coming in between
   */
  public void renew(TextSource source, Runnable beforeCommit) {
    RepeatedCommit.run(
        "merge into table " + name(),
        () -> {
          Map<String, String> renewed = unsaid(source);
          if (!renewed.isEmpty()) {
            beforeCommit.run();
            say(renewed);
          }
        });
  }

  private Map<String, String> unsaid(TextSource source) {
    Map<String, String> said = tableProperties();
    Map<String, String> unsaid = new LinkedHashMap<>(SourceProperties.of(source));
    unsaid.entrySet().removeIf(entry -> entry.getValue().equals(said.get(entry.getKey())));
    return unsaid;
  }

  /** Sets properties. */
  void say(Map<String, String> properties) {
    String list =
        properties.entrySet().stream()
            .map(entry -> literal(entry.getKey()) + " = " + literal(entry.getValue()))
            .collect(Collectors.joining(", "));
    spark.sql("ALTER TABLE " + location.sql() + " SET TBLPROPERTIES (" + list + ")");
  }

  /** A text quoted for SQL. */
  private static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** Whether a named transaction has committed to it, as far as its catalog can tell. */
  boolean hasCommitted(String transaction) {
    return location.hasCommitted(transaction);
  }

  /** Its newest version. */
  public long version() {
    return location.deltaVersion().orElseThrow();
  }

  /**
   * What it says about its vectors.
   *
   * @throws IllegalArgumentException if it does not exist or {@code embed} did not write it
   */
  public VectorProperties properties() {
    return said()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot use table %s: it has no e5.* properties, so embed did not write it"
                        .formatted(location.name())));
  }

  /**
   * What it says about its vectors; empty if {@code embed} did not write it.
   *
   * @throws IllegalArgumentException if it does not exist
   */
  public Optional<VectorProperties> said() {
    if (!exists()) {
      throw new IllegalArgumentException(
          "Cannot read vector table %s: %s".formatted(location.name(), location.absence()));
    }
    return VectorProperties.of(tableProperties());
  }

  /** Where its texts came from; empty if it does not say. */
  public Optional<TextSource> source() {
    return SourceProperties.source(tableProperties());
  }

  /**
   * Its source with the columns that it carries over.
   *
   * @throws IllegalArgumentException if it does not say what its texts are
   */
  public TextSource wholeSource() {
    VectorProperties properties = properties();
    TextSource source =
        source()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Cannot find the texts of table %s: it has no property %s"
                            .formatted(location.name(), SourceProperties.INPUT)));
    List<String> kept =
        Arrays.stream(rows().columns())
            .filter(name -> !source.idColumns().contains(name))
            .filter(name -> !properties.columns().contains(name))
            .toList();
    return source.keeping(kept);
  }

  /**
   * Checks that rows may be added.
   *
   * @throws IllegalArgumentException if the table holds other vectors or columns
   */
  void requireSame(StructType schema, VectorProperties properties) {
    properties().requireSame(properties, location.name());
    VectorColumns vector = new VectorColumns(properties.vectorColumn());
    Dataset<Row> own =
        lists().index().map(index -> rows().drop(index.column())).orElseGet(this::rows);
    new TableColumns(location.name(), location.sql(), own.schema(), vector).requireSame(schema);
  }

  /** The lists of its index. */
  public TableLists lists() {
    return new TableLists(spark, location);
  }

  /** What its owner has declared. */
  TableLayout layout() {
    requireDelta();
    return TableLayout.of(delta());
  }

  private TableRules rules() {
    requireDelta();
    return TableRules.of(tableProperties(), rows().schema());
  }

  private void requireDelta() {
    if (!location.isDelta()) {
      throw new IllegalArgumentException(
          "Cannot write to %s: it is a view, or a table of another format than Delta"
              .formatted(location.name()));
    }
  }

  /**
   * Checks rows against what the table demands of each of its rows, if it exists.
   *
   * @param rows the rows in the form of the table
   * @param mode how they would be written
   * @throws IllegalArgumentException if some of them violate a constraint
   */
  public void requireRules(Dataset<Row> rows, WriteMode mode) {
    if (exists()) {
      TableRules rules = mode.replaces() ? layout().keptBy(spark, rows.schema()).rules() : rules();
      rules.require(rows, location.name());
    }
  }

  /** Whether Delta rejects changing or deleting a row. */
  public boolean isAppendOnly() {
    return exists() && "true".equalsIgnoreCase(tableProperties().get(TableRules.APPEND_ONLY));
  }

  /** Writes the rows in one commit, together with what the table says about them. */
  public void write(
      Dataset<Row> rows, VectorProperties properties, TextSource source, WriteMode mode) {
    if (mode == WriteMode.APPEND && exists()) {
      append(rows, properties, Map.of());
    } else if (mode == WriteMode.APPEND) {
      createWith(rows, properties, source);
    } else {
      replace(rows, properties, SourceProperties.of(source), mode);
    }
  }

  /** Makes the table. If another job makes it at the same moment, the rows of that job stay. */
  private void createWith(Dataset<Row> rows, VectorProperties properties, TextSource source) {
    Map<String, String> further = SourceProperties.of(source);
    try {
      writer(rows, properties, further, TableLayout.NONE).create();
    } catch (TableAlreadyExistsException | DeltaConcurrentModificationException e) {
      if (location.isDelta()) {
        append(rows, properties, Map.of());
      } else {
        // An interrupted first write left a log without commits.
        replace(rows, properties, further, WriteMode.OVERWRITE);
      }
    }
  }

  /**
   * Replaces all rows by these, with a property that says which texts they belong to.
   *
   * @param identity changes when the texts do
   * @throws IllegalArgumentException if the table exists and was not written by this application
   */
  public void write(
      Dataset<Row> rows, VectorProperties properties, TextSource source, String identity) {
    if (exists()) {
      properties();
    }
    Map<String, String> further = new LinkedHashMap<>(SourceProperties.of(source));
    further.put(TEXTS, identity);
    replace(rows, properties, further, WriteMode.REPLACE);
  }

  /** Whether it has vectors with this recipe of the texts with this identity. */
  public boolean holds(VectorProperties properties, String identity) {
    if (!exists()) {
      return false;
    }
    Map<String, String> table = tableProperties();
    return identity.equals(table.get(TEXTS))
        && VectorProperties.of(table).filter(properties::equals).isPresent();
  }

  private void replace(
      Dataset<Row> rows, VectorProperties properties, Map<String, String> further, WriteMode mode) {
    TableLayout layout = exists() ? replaceable(rows.schema(), mode) : TableLayout.NONE;
    writer(rows, properties, further, layout).createOrReplace();
    layout.cluster(spark, location.sql());
  }

  /** What its owner has declared and rows of this schema can keep. */
  private TableLayout replaceable(StructType rows, WriteMode mode) {
    TableLayout layout = layout();
    // Another table may have taken its place since the job began.
    layout.requireReplaceable(spark, location.name(), rows, mode);
    return layout.keptBy(spark, rows);
  }

  /** A writer of rows with what the table says, its files in the form that suits these vectors. */
  private CreateTableWriter<Row> writer(
      Dataset<Row> rows,
      VectorProperties properties,
      Map<String, String> further,
      TableLayout layout) {
    Map<String, String> all = VectorFiles.ofOwner(layout.properties());
    VectorFiles files = new VectorFiles(spark, properties);
    files.tableProperties().forEach(all::putIfAbsent);
    all.putAll(properties.toMap());
    all.putAll(further);
    CreateTableWriter<Row> writer = writer(properties.told(layout.declaredOn(rows)), all);
    layout.declare(writer);
    files.options().forEach(writer::option);
    return writer;
  }

  /** Calls the interface, because the methods of the class return other types in Spark 3. */
  private CreateTableWriter<Row> writer(Dataset<Row> rows, Map<String, String> properties) {
    CreateTableWriter<Row> writer = rows.writeTo(location.sql());
    writer.using("delta");
    properties.forEach(writer::tableProperty);
    return writer;
  }

  /**
   * Adds the rows in one commit, with options for Delta.
   *
   * @throws ConcurrentTransactionException if the options name a transaction that commits at the
   *     same time
   * @throws IllegalStateException if another job changed the table meanwhile
   */
  void append(Dataset<Row> rows, VectorProperties properties, Map<String, String> options) {
    // Once its transaction has begun, Delta rejects it if another job changes the properties.
    requireSame(rows.schema(), properties);
    var writer = lists().listed(rows, properties).writeTo(location.sql());
    new VectorFiles(spark, properties).options().forEach(writer::option);
    options.forEach(writer::option);
    try {
      writer.append();
    } catch (NoSuchTableException e) {
      throw new IllegalArgumentException(
          "Cannot append to table %s: it no longer exists".formatted(location.name()), e);
    } catch (ConcurrentTransactionException e) {
      throw e;
    } catch (DeltaConcurrentModificationException e) {
      throw new IllegalStateException(
          "Cannot append to table %s: another job changed it meanwhile (run the same command again)"
              .formatted(location.name()),
          e);
    }
  }

  /** The directory of a table whose catalog is in memory; empty for others. */
  public Optional<String> forgottenLocation() {
    return location.isRemembered()
        ? Optional.empty()
        : Optional.of(delta().detail().head().<String>getAs("location"));
  }

  Map<String, String> tableProperties() {
    return location.deltaProperties();
  }

  /**
   * Makes the table without rows. If another job makes it at the same moment, that table stays.
   *
   * @throws IllegalArgumentException if that table holds other vectors or columns
   */
  public void create(StructType schema, VectorProperties properties, TextSource source) {
    Map<String, String> all = new LinkedHashMap<>(properties.toMap());
    all.putAll(SourceProperties.of(source));
    all.putAll(new VectorFiles(spark, properties).tableProperties());
    Dataset<Row> none = properties.told(spark.createDataFrame(List.of(), schema));
    CreateTableWriter<Row> writer = writer(none, all);
    try {
      writer.create();
    } catch (TableAlreadyExistsException | DeltaConcurrentModificationException e) {
      if (!location.isDelta()) {
        // An interrupted first write left a log without commits.
        writer.createOrReplace();
      } else {
        requireSame(schema, properties);
      }
    }
  }

  /** The name in SQL. */
  public String sql() {
    return location.sql();
  }

  /** The name as the user gave it. */
  public String name() {
    return location.name();
  }

  DeltaTable delta() {
    return location.delta();
  }

  /**
   * The table for commits that take no options; its files are written in the form that suits these
   * vectors.
   */
  DeltaTable deltaFor(VectorProperties properties) {
    return new TableLocation(new VectorFiles(spark, properties).session(), location.name()).delta();
  }
}
