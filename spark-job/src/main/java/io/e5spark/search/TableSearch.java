package io.e5spark.search;

import static io.e5spark.platform.ColumnName.column;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.e5spark.cluster.Models;
import io.e5spark.config.InputType;
import io.e5spark.config.Settings;
import io.e5spark.lists.StatedIndex;
import io.e5spark.source.SourceFormat;
import io.e5spark.source.TextSource;
import io.e5spark.table.VectorProperties;
import io.e5spark.table.VectorTable;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * The nearest rows of a vector table by dot product. The search is exact unless it is limited to
 * some lists of the table's index.
 */
public final class TableSearch {
  private static final String SCORE = SearchCall.SCORE;
  private static final double MOST_UNLISTED = 0.05;

  private final SparkSession spark;
  private final VectorTable table;
  private final SearchedColumns columns;
  private final VectorProperties properties;
  private final Settings settings;
  private final SearchCall.@Nullable Probes probes;
  private final PrintWriter err;

  /**
   * Loads nothing yet, but checks that the model made the table's vectors.
   *
   * @param probes lists of the table's index that are read; null for an exact search
   * @throws IllegalArgumentException if it did not
   */
  public TableSearch(
      SparkSession spark,
      String vectors,
      SearchedColumns columns,
      Settings settings,
      @Nullable Integer probes,
      PrintWriter err) {
    this.spark = spark;
    this.columns = columns;
    this.settings = settings;
    this.err = err;
    this.table = new VectorTable(spark, vectors);
    this.properties = columns.of(table, settings, Models.inspect(settings), this::warn);
    this.probes = probes == null ? null : probes(probes);
    if (properties.inputType() == InputType.QUERY) {
      warn(
          String.format(
              Locale.ROOT,
              "the %,d texts of table %s were embedded as queries; E5 models find passages (embed --input-type passage)",
              table.rows().count(),
              vectors));
    }
  }

  private SearchCall.Probes probes(int count) {
    StatedIndex index = table.requiredIndex();
    warnOfUnlisted(index);
    return new SearchCall.Probes(index.column(), count);
  }

  /** What is read by every search takes the time that an index would save. */
  private void warnOfUnlisted(StatedIndex index) {
    long rows = table.rows().count();
    long unlisted = table.unlisted(index);
    if (unlisted > MOST_UNLISTED * rows) {
      warn(
          String.format(
              Locale.ROOT,
              "%,d of %,d rows of table %s are in no list of its index, so that every search reads them (bring it up to date with e5-spark index --vectors %s)",
              unlisted,
              rows,
              table.name(),
              table.name()));
    }
  }

  private void warn(String warning) {
    err.println("Warning: " + warning);
  }

  /**
   * One found row.
   *
   * @param rank from 1
   * @param score dot product
   * @param id the identifying columns, joined with a comma
   * @param text the text that was embedded; null where the source is not known or has changed
   */
  public record Hit(int rank, double score, String id, @Nullable String text) {}

  /** The {@code k} nearest rows, best first; equal scores by id. */
  public List<Hit> nearest(String query, int k) {
    List<String> ids = ids();
    SearchCall call = new SearchCall(table.sql(), properties, ids, settings, probes);
    Dataset<Row> best = spark.sql(call.sql(k), call.parameters(query));
    // Collected once: what is joined to it must not compute it again.
    Dataset<Row> found = spark.createDataFrame(best.collectAsList(), best.schema());
    return hits(withText(found, ids), ids);
  }

  private List<String> ids() {
    return table.source().map(TextSource::idColumns).orElseGet(this::usualIds);
  }

  /** The first of the usual names; or else the first column beside the vectors. */
  private List<String> usualIds() {
    List<String> names = List.of(table.rows().columns());
    return Stream.concat(Stream.of("id", "_id"), names.stream())
        .filter(names::contains)
        .filter(name -> !name.equals(properties.vectorColumn()))
        .limit(1)
        .toList();
  }

  static Column[] columns(List<String> ids, Column first) {
    List<Column> columns = new ArrayList<>(List.of(first));
    ids.forEach(id -> columns.add(column(id)));
    return columns.toArray(Column[]::new);
  }

  /** The texts out of the table where it has them, else out of its source. */
  private Dataset<Row> withText(Dataset<Row> found, List<String> ids) {
    Dataset<Row> none = found.withColumn(TextSource.TEXT, lit(null).cast(DataTypes.StringType));
    if (!columns.texts().isEmpty()) {
      TextSource named =
          new TextSource(table.name(), SourceFormat.DELTA, ids, columns.texts(), List.of());
      Dataset<Row> texts = named.select(table.rows());
      return found.join(wanted(texts, found, ids), ids.toArray(String[]::new), "left");
    }
    Optional<TextSource> source = table.source();
    if (source.isEmpty()) {
      return none;
    }
    boolean kept = List.of(table.rows().columns()).containsAll(source.get().textColumns());
    if (!kept && source.get().isTopic()) {
      warn("no texts to show: the table keeps none, and its source is a topic");
      return none;
    }
    try {
      Dataset<Row> texts = kept ? source.get().select(table.rows()) : source.get().read(spark);
      return found.join(wanted(texts, found, ids), ids.toArray(String[]::new), "left");
    } catch (IllegalArgumentException | UncheckedIOException e) {
      warn("no texts to show: " + e.getMessage());
      return none;
    }
  }

  /** One text for each row found; a source may hold an id more than once. */
  private static Dataset<Row> wanted(Dataset<Row> texts, Dataset<Row> found, List<String> ids) {
    String[] names = ids.toArray(String[]::new);
    return texts.join(broadcast(found), names, "left_semi").dropDuplicates(names);
  }

  private static List<Hit> hits(Dataset<Row> found, List<String> ids) {
    List<Hit> hits = new ArrayList<>();
    for (Row row : found.orderBy(columns(ids, col(SCORE).desc())).collectAsList()) {
      String id =
          String.join(
              ",", ids.stream().map(name -> String.valueOf(row.<Object>getAs(name))).toList());
      hits.add(new Hit(hits.size() + 1, row.<Double>getAs(SCORE), id, row.getAs(TextSource.TEXT)));
    }
    return hits;
  }
}
