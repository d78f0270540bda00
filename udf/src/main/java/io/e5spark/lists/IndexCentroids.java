package io.e5spark.lists;

import static org.apache.spark.sql.functions.col;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * The centroids of indexes, as a table stores them: one row per list of each index. The centroids
 * that were read last stay in memory, because those of an index never change.
 */
public final class IndexCentroids {
  /** The column with the index that a centroid belongs to. */
  public static final String INDEX = "index";

  /** The column with the number of its list. */
  public static final String LIST = "list";

  /** The column with its components. */
  public static final String CENTROID = "centroid";

  private static final Cache<StatedIndex, Centroids> KEPT =
      Caffeine.newBuilder().maximumSize(4).build();

  private IndexCentroids() {}

  /**
   * The centroids of an index: where the index says, or beside the table if both were moved.
   *
   * @param table the table with the index, as messages call it
   * @throws IllegalArgumentException if they are in neither place
   */
  public static Centroids of(SparkSession spark, StatedIndex index, String table) {
    return KEPT.get(index, key -> read(spark, key, table));
  }

  private static Centroids read(SparkSession spark, StatedIndex index, String table) {
    try {
      return stored(spark, index, index.centroids(), table);
    } catch (Exception e) {
      // The place of a table that was moved may be out of reach.
      Optional<Centroids> moved = moved(spark, index, table, e);
      if (moved.isEmpty()) {
        throw e;
      }
      return moved.get();
    }
  }

  private static Optional<Centroids> moved(
      SparkSession spark, StatedIndex index, String table, Exception first) {
    if (index.beside().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(stored(spark, index, index.beside().get(), table));
    } catch (Exception e) {
      // Scala throws checked exceptions that no signature names.
      first.addSuppressed(e);
      return Optional.empty();
    }
  }

  private static Centroids stored(
      SparkSession spark, StatedIndex index, String place, String table) {
    List<float[]> centroids = new ArrayList<>();
    rows(spark, index, place, table).forEach(row -> centroids.add(components(row)));
    if (centroids.size() != index.lists()) {
      throw missing(
          place,
          table,
          String.format(Locale.ROOT, "only %d of %d are there", centroids.size(), index.lists()),
          null);
    }
    return Centroids.of(centroids);
  }

  private static List<Row> rows(SparkSession spark, StatedIndex index, String place, String table) {
    try {
      return spark
          .table(place)
          .where(col(INDEX).equalTo(index.id()))
          .orderBy(col(LIST))
          .select(col(CENTROID))
          .collectAsList();
    } catch (Exception e) {
      // Scala throws checked exceptions that no signature names.
      if (e instanceof AnalysisException) {
        throw missing(place, table, "there is no such table", e);
      }
      throw e;
    }
  }

  private static float[] components(Row row) {
    List<Float> values = row.getList(0);
    float[] components = new float[values.size()];
    for (int i = 0; i < components.length; i++) {
      components[i] = values.get(i);
    }
    return components;
  }

  private static IllegalArgumentException missing(
      String place, String table, String reason, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "Cannot use the index of table %s: its centroids should be in %s, but %s (make a new index with e5-spark index --retrain)"
            .formatted(table, place, reason),
        cause);
  }
}
