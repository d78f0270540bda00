package io.e5spark.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.e5spark.cluster.Models;
import io.e5spark.config.InputType;
import io.e5spark.config.Settings;
import io.e5spark.lists.StatedIndex;
import io.e5spark.platform.Count;
import io.e5spark.source.TextSource;
import io.e5spark.table.VectorProperties;
import io.e5spark.table.VectorTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
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
   * Prepares a search: checks that the model made the vectors of the table, but loads nothing yet.
   *
   * @param probes the number of lists of the index to read; null for an exact search
   * @throws IllegalArgumentException if another model made them
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
          "table %s holds vectors of queries, and models are trained to find passages (embed the texts with --input-type passage)"
              .formatted(vectors));
    }
  }

  private SearchCall.Probes probes(int count) {
    StatedIndex index = table.lists().required();
    table.lists().requireReadable(properties);
    warnOfUnlisted(index);
    return new SearchCall.Probes(index.column(), count);
  }

  /** Warns of rows that every search reads, because they cost the time that an index would save. */
  private void warnOfUnlisted(StatedIndex index) {
    long rows = table.rows().count();
    long unlisted = table.lists().rowsInNone(index);
    if (unlisted > MOST_UNLISTED * rows) {
      warn(
          String.format(
              Locale.ROOT,
              "the index of table %s does not cover %,d of %s, which every search reads (update the index with e5-spark index --vectors %s)",
              table.name(),
              unlisted,
              Count.of(rows, "row"),
              table.name()));
    }
  }

  private void warn(String warning) {
    err.println("Warning: " + warning);
  }

  /**
   * A row that was found.
   *
   * @param rank the rank, from 1
   * @param score the dot product
   * @param id the identifying columns, joined with a comma
   * @param chunk the place of the text in its document; null if a row is a whole document
   * @param text the text that the table or its source has now; null if it is not known
   */
  public record Hit(
      int rank,
      double score,
      String id,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ChunkPlace chunk,
      @Nullable String text) {}

  /**
   * The {@code k} nearest rows, best first; equal scores by id.
   *
   * @param groupBy what a hit is in a table of chunks
   */
  public List<Hit> nearest(String query, int k, GroupBy groupBy) {
    List<String> ids = ids();
    boolean isGrouped = isChunked() && groupBy == GroupBy.DOCUMENT;
    // Collected once, so that a join does not compute it again.
    Dataset<Row> found = isGrouped ? documents(query, k, ids) : local(nearest(query, k, ids));
    HitTexts texts = new HitTexts(spark, table, columns.texts(), isChunked(), this::warn);
    return hits(found.collectAsList(), texts.of(found, ids), ids);
  }

  private boolean isChunked() {
    return properties.chunks() != null;
  }

  private Dataset<Row> nearest(String query, int k, List<String> ids) {
    SearchCall call = call(ids);
    return spark.sql(call.sql(k), call.parameters(query));
  }

  private SearchCall call(List<String> ids) {
    List<String> carried = new ArrayList<>(ids);
    if (isChunked()) {
      carried.addAll(ChunkPlace.COLUMNS);
    }
    return new SearchCall(table.sql(), properties, carried, settings, probes);
  }

  /** The best chunk of each document, looked for among more and more chunks. */
  private Dataset<Row> documents(String query, int k, List<String> ids) {
    for (int depth = k; ; ) {
      depth = ChunkSearch.deeper(depth);
      Dataset<Row> found = nearest(query, depth, ids);
      List<Row> chunks = found.collectAsList();
      Map<RowKey, Row> best = new LinkedHashMap<>();
      chunks.forEach(row -> best.putIfAbsent(RowKey.of(row, ids), row));
      if (best.size() >= k || chunks.size() < depth) {
        return spark.createDataFrame(best.values().stream().limit(k).toList(), found.schema());
      }
    }
  }

  private Dataset<Row> local(Dataset<Row> rows) {
    return spark.createDataFrame(rows.collectAsList(), rows.schema());
  }

  private List<String> ids() {
    return table.source().map(TextSource::idColumns).orElseGet(this::usualIds);
  }

  /** The first of the usual names, or else the first column besides the vectors. */
  private List<String> usualIds() {
    List<String> names = List.of(table.rows().columns());
    return Stream.concat(Stream.of("id", "_id"), names.stream())
        .filter(names::contains)
        .filter(name -> !name.equals(properties.vectorColumn()))
        .limit(1)
        .toList();
  }

  private List<Hit> hits(List<Row> found, HitTexts.Texts texts, List<String> ids) {
    List<Hit> hits = new ArrayList<>();
    for (Row row : found) {
      hits.add(
          new Hit(
              hits.size() + 1,
              row.<Double>getAs(SCORE),
              RowKey.of(row, ids).toString(),
              isChunked() ? ChunkPlace.of(row) : null,
              texts.of(row)));
    }
    return hits;
  }
}
