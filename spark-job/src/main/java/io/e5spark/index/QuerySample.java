package io.e5spark.index;

import io.e5spark.table.IndexedTable;
import io.e5spark.table.VectorProperties;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * Queries for measuring an index.
 *
 * @param vectors vectors of one dimension
 * @param areOfTheTable whether they are rows of the searched table, in which case no row counts as
 *     found by itself
 */
public record QuerySample(List<float[]> vectors, boolean areOfTheTable) {
  private static final long SEED = 7;

  /**
   * A random sample of queries.
   *
   * @param table the table that is searched
   * @param queries a vector table of queries; empty for rows of the searched table
   * @param most the size of the sample
   * @throws IllegalArgumentException if the vectors of that table come from another model, or it
   *     has none
   */
  public static QuerySample of(
      SparkSession spark, IndexedTable table, Optional<String> queries, int most) {
    IndexedTable source = queries.map(name -> new IndexedTable(spark, name)).orElse(table);
    requireSame(table, source);
    List<float[]> vectors = new SampledVectors(source).take(most, SEED);
    if (vectors.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot measure the index of table %s: there are no queries in %s"
              .formatted(table.name(), source.name()));
    }
    return new QuerySample(vectors, queries.isEmpty());
  }

  private static void requireSame(IndexedTable table, IndexedTable source) {
    VectorProperties ours = table.properties();
    VectorProperties theirs = source.properties();
    if (!ours.fingerprint().equals(theirs.fingerprint())) {
      throw new IllegalArgumentException(
          "Cannot measure the index of table %s: its vectors were made by model %s with fingerprint %s, those of table %s by %s with %s"
              .formatted(
                  table.name(),
                  ours.model(),
                  ours.fingerprint(),
                  source.name(),
                  theirs.model(),
                  theirs.fingerprint()));
    }
  }
}
