package io.e5spark.index;

import io.e5spark.lists.StatedIndex;
import io.e5spark.platform.ColumnName;
import io.e5spark.platform.Count;
import io.e5spark.report.Stopwatch;
import io.e5spark.report.Work;
import io.e5spark.table.IndexedTable;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Makes the index of a vector table, or updates it. */
public final class IndexJob {
  private static final int POINTS_A_LIST = 64;
  private static final long MOST_BYTES = 256L << 20;

  private final IndexedTable table;
  private final IndexRequest request;
  private final PrintWriter err;
  private final Work work = new Work();

  public IndexJob(SparkSession spark, String table, IndexRequest request, PrintWriter err) {
    this.table = new IndexedTable(spark, table);
    this.request = request;
    this.err = err;
  }

  /**
   * Runs; afterwards, every row is in a list.
   *
   * @throws IllegalArgumentException if the table has fewer vectors than the requested lists
   */
  public IndexSummary run() {
    return work.run(this::make);
  }

  private IndexSummary make() {
    Stopwatch watch = new Stopwatch();
    table.requireMutable();
    requireVectors();
    long rows = table.rows().count();
    Optional<StatedIndex> kept = table.index().filter(this::isKept);
    kept.ifPresent(table::requireCentroids);
    StatedIndex index = kept.isPresent() ? kept.get() : trained(rows);
    work.begin();
    long unlisted = table.unlisted(index);
    if (unlisted > 0) {
      say(
          "Assigning %,d of %s to %s",
          unlisted, Count.of(rows, "row"), Count.of(index.lists(), "list"));
      table.assign(index);
    }
    say("Ordering the files of %s by list", Count.of(rows, "row"));
    table.order(index);
    return IndexSummary.of(table, index, unlisted, watch.seconds());
  }

  private void requireVectors() {
    String vector = table.properties().vectorColumn();
    if (table.rows().where(ColumnName.column(vector).isNotNull()).isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot index table %s: it has no vectors".formatted(table.name()));
    }
  }

  private boolean isKept(StatedIndex index) {
    return request.training() == IndexRequest.Training.IF_NEEDED
        && (request.lists() == null || request.lists() == index.lists())
        && index.fingerprint().equals(table.properties().fingerprint());
  }

  private StatedIndex trained(long rows) {
    int lists = request.lists(rows);
    int points = (int) Math.min((long) POINTS_A_LIST * lists, mostPoints());
    List<float[]> sample = new SampledVectors(table).take(points, request.seed());
    if (sample.size() < lists) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot index table %s: %s would need at least as many vectors, and %s",
              table.name(),
              Count.of(lists, "list"),
              found(sample.size())));
    }
    say("Finding %s among %s", Count.of(lists, "centroid"), Count.of(sample.size(), "vector"));
    List<float[]> centroids = new SphericalKMeans(lists, request.seed()).fit(sample);
    work.begin();
    return table.define(centroids);
  }

  private String found(int vectors) {
    return String.format(
        Locale.ROOT,
        vectors < mostPoints()
            ? "the table has only %,d to learn from"
            : "at most %,d of this dimension are learned from",
        vectors);
  }

  private long mostPoints() {
    return MOST_BYTES / Float.BYTES / table.properties().dimension();
  }

  private void say(String message, Object... values) {
    err.println(String.format(Locale.ROOT, message, values));
  }
}
