package io.e5spark.table;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.e5spark.lists.Centroids;
import io.e5spark.lists.IndexCentroids;
import io.e5spark.lists.StatedIndex;
import io.e5spark.platform.ColumnName;
import io.e5spark.platform.TableLocation;
import io.e5spark.source.TextSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A vector table with an inverted-file index: a column says which list each row is in, files are
 * ordered by it, and the Delta table {@code <vectors>_lists} beside it holds the centroids of the
 * lists. Whenever something stops half-way, every search reads the rows without a list.
 */
public final class IndexedTable {
  private static final String KIND = "lists";
  private static final String LIST_OF = "__e5_list";

  /** Stands for the list of a row that is in none. */
  public static final int NO_LIST = Integer.MIN_VALUE;

  private static final long FILE_BYTES = 64L << 20;
  private static final int FEWEST_RANGES = 1_000;
  private static final StructType CENTROIDS =
      new StructType()
          .add(IndexCentroids.INDEX, DataTypes.StringType)
          .add(IndexCentroids.LIST, DataTypes.IntegerType)
          .add(IndexCentroids.CENTROID, DataTypes.createArrayType(DataTypes.FloatType, false));

  private final SparkSession spark;
  private final VectorTable table;
  private final VectorProperties properties;
  private final SideTable centroids;

  /**
   * The table, which need not have an index yet.
   *
   * @throws IllegalArgumentException if it does not exist, {@code embed} did not write it, its
   *     column for the lists belongs to something else, or something else is in the place of the
   *     centroids
   */
  public IndexedTable(SparkSession spark, String name) {
    this.spark = spark;
    this.table = new VectorTable(spark, name);
    this.properties = table.properties();
    this.centroids = new SideTable(spark, new TableLocation(spark, name), StatedIndex.SUFFIX, KIND);
    requireOurs();
  }

  private void requireOurs() {
    if (centroids.isTaken(List.of(CENTROIDS.fieldNames()))) {
      throw new IllegalArgumentException(
          "Cannot index table %s: %s exists and is not a table of centroids (move it away)"
              .formatted(table.name(), centroids.location().name()));
    }
    if (index().isEmpty() && hasColumn() && !centroids.exists()) {
      throw new IllegalArgumentException(
          "Cannot index table %s: its column %s does not belong to an index (rename the column)"
              .formatted(table.name(), column()));
    }
  }

  private String column() {
    return new VectorColumns(properties.vectorColumn()).list();
  }

  private boolean hasColumn() {
    return List.of(table.rows().columns()).contains(column());
  }

  /** The name as the user gave it. */
  public String name() {
    return table.name();
  }

  /** The name in SQL. */
  public String sql() {
    return table.sql();
  }

  /** What it says about its vectors. */
  public VectorProperties properties() {
    return properties;
  }

  /** Its rows. */
  public Dataset<Row> rows() {
    return table.rows();
  }

  /** The columns that identify its rows, as far as they are known. */
  public List<String> keys() {
    List<String> columns = List.of(table.rows().columns());
    return table.source().map(TextSource::idColumns).orElse(List.of()).stream()
        .filter(columns::contains)
        .toList();
  }

  /** Its index; empty if it has none. */
  public Optional<StatedIndex> index() {
    return table.lists().index();
  }

  /**
   * Its index.
   *
   * @throws IllegalArgumentException if it has none
   */
  public StatedIndex requiredIndex() {
    return table.lists().required();
  }

  /** The centroids of its index. */
  public Centroids centroids(StatedIndex index) {
    return table.lists().loaded(index, properties).centroids();
  }

  /**
   * Replaces its index by one with these centroids, which does not give the rows their lists yet.
   *
   * @param vectors the centroids, list by list
   */
  public StatedIndex define(List<float[]> vectors) {
    StatedIndex index =
        new StatedIndex(
            UUID.randomUUID().toString(),
            properties.fingerprint(),
            column(),
            next(),
            vectors.size(),
            centroids.qualifiedSql(),
            Optional.empty());
    centroids.append(rows(index, vectors));
    requireAlone(index);
    ListStatistics statistics = new ListStatistics(column(), table.layout().properties());
    if (!hasColumn()) {
      addColumn(statistics.mustComeFirst(table.rows().schema()) ? " FIRST" : "");
    }
    table.say(said(index, statistics));
    return index;
  }

  /** What the table will say about its index. If its owner has sized the row groups, that stays. */
  private static Map<String, String> said(StatedIndex index, ListStatistics statistics) {
    Map<String, String> said = new LinkedHashMap<>(VectorFiles.indexProperties());
    said.keySet().removeAll(statistics.table().keySet());
    said.putAll(index.toMap());
    said.putAll(statistics.properties());
    return said;
  }

  private void addColumn(String place) {
    String name = ColumnName.quoted(column());
    spark.sql("ALTER TABLE %s ADD COLUMNS (%s INT%s)".formatted(table.sql(), name, place));
  }

  /** Two jobs that run at once may have begun with the same number. */
  private void requireAlone(StatedIndex index) {
    Column others =
        col(IndexCentroids.INDEX)
            .notEqual(index.id())
            .and(col(IndexCentroids.LIST).geq(index.first()));
    if (!centroids.rows().where(others).isEmpty()) {
      throw new IllegalStateException(
          "Cannot index table %s: another job is indexing it at the same time (run the same command again)"
              .formatted(table.name()));
    }
  }

  /** The first number that no list has had, judged by the centroids and by the rows. */
  private int next() {
    int known = centroids.exists() ? next(centroids.rows(), IndexCentroids.LIST) : 0;
    return hasColumn() ? Math.max(known, next(table.rows(), column())) : known;
  }

  private static int next(Dataset<Row> rows, String column) {
    Row last = rows.agg(max(ColumnName.column(column))).head();
    return last.isNullAt(0) ? 0 : last.getInt(0) + 1;
  }

  private Dataset<Row> rows(StatedIndex index, List<float[]> vectors) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < vectors.size(); i++) {
      rows.add(RowFactory.create(index.id(), index.first() + i, vectors.get(i)));
    }
    return spark.createDataFrame(rows, CENTROIDS);
  }

  /** The number of rows that are in no list of the index. */
  public long unlisted(StatedIndex index) {
    return table.lists().rowsInNone(index);
  }

  /**
   * Checks that the centroids of its index can be read.
   *
   * @throws IllegalArgumentException if they are not where the table says
   */
  public void requireCentroids(StatedIndex index) {
    IndexCentroids.of(spark, index, table.name());
  }

  /**
   * Checks that its rows may get lists and that its files may be ordered by them.
   *
   * @throws IllegalArgumentException if it is append-only, or has clustered it
   */
  public void requireMutable() {
    List<String> clustering = table.layout().clustering();
    if (!clustering.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot index table %s: it is clustered by %s, and Delta cannot order the files of a clustered table in another way (remove the clustering with ALTER TABLE %s CLUSTER BY NONE)"
              .formatted(table.name(), clustering, table.sql()));
    }
    if (table.isAppendOnly()) {
      throw new IllegalArgumentException(
          "Cannot index table %s: it is append-only (%s is true)"
              .formatted(table.name(), TableRules.APPEND_ONLY));
    }
  }

  /**
   * Gives all rows without a list theirs, in one commit.
   *
   * @throws IllegalStateException if commits of other jobs keep coming in between
   */
  public void assign(StatedIndex index) {
    SparkSession own = new VectorFiles(spark, properties).session();
    own.udf().register(LIST_OF, table.lists().loaded(index, properties).list(properties));
    String list = ColumnName.quoted(index.column());
    String update =
        "UPDATE %s SET %s = %s(%s) WHERE %s IS NULL OR %s < %s OR %s > %s"
            .formatted(
                table.sql(),
                list,
                LIST_OF,
                ColumnName.quoted(properties.vectorColumn()),
                list,
                list,
                index.first(),
                list,
                index.last());
    RepeatedCommit.run("index table " + table.name(), () -> own.sql(update));
  }

  /**
   * Orders its files by list, in one commit.
   *
   * @throws IllegalStateException if commits of other jobs keep coming in between
   */
  public void order(StatedIndex index) {
    int ranges = Math.max(FEWEST_RANGES, index.lists());
    Map<String, String> settings = new LinkedHashMap<>(VectorFiles.indexProperties());
    settings.put("spark.databricks.delta.optimize.maxFileSize", Long.toString(FILE_BYTES));
    settings.put("spark.databricks.io.skipping.mdc.rangeId.max", Integer.toString(ranges));
    settings.put("spark.databricks.io.skipping.mdc.sortWithinFiles", "true");
    SparkSession own = new VectorFiles(spark, properties).session(settings);
    String optimize =
        "OPTIMIZE %s ZORDER BY (%s)".formatted(table.sql(), ColumnName.quoted(index.column()));
    RepeatedCommit.run("order table " + table.name(), () -> own.sql(optimize));
  }

  /** The number of rows by the number of their list; {@link Integer#MIN_VALUE} stands for none. */
  public Map<Integer, Long> sizes(StatedIndex index) {
    Column list = coalesce(ColumnName.column(index.column()), lit(NO_LIST));
    Map<Integer, Long> sizes = new TreeMap<>();
    table
        .rows()
        .groupBy(list)
        .agg(count(lit(1)))
        .collectAsList()
        .forEach(row -> sizes.put(row.getInt(0), row.getLong(1)));
    return sizes;
  }
}
