package io.e5spark.index;

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import io.e5spark.table.IndexedTable;
import io.e5spark.vector.BinaryForm;
import java.util.List;
import org.apache.spark.sql.Column;

/**
 * Some vectors of a table, evenly by chance; the same ones while the table stays the same, however
 * it is partitioned.
 */
record SampledVectors(IndexedTable table) {
  private static final String PACKED = "packed";

  /**
   * The vectors.
   *
   * @param count how many; all where there are fewer
   * @param seed of the chance
   */
  List<float[]> take(int count, long seed) {
    Column packed = call_function("e5_pack", table.properties().floats()).as(PACKED);
    return table
        .rows()
        .select(packed)
        .where(col(PACKED).isNotNull())
        .orderBy(xxhash64(col(PACKED), lit(seed)))
        .limit(count)
        .collectAsList()
        .stream()
        .map(row -> BinaryForm.PACKED.floats(row.getAs(0)))
        .toList();
  }
}
