package io.e5spark.index;

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
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
  private static final long PARTS = 1L << 30;

  /** So many more than are wanted, that hardly ever fewer are found. */
  private static final double SPARE = 1.2;

  private static final int FEW = 100;

  /**
   * The vectors.
   *
   * @param count how many; about all where there are fewer
   * @param seed of the chance
   */
  List<float[]> take(int count, long seed) {
    Column packed = call_function("e5_pack", table.properties().floats()).as(PACKED);
    Column chance = pmod(xxhash64(col(PACKED), lit(seed)), lit(PARTS));
    return table
        .rows()
        .select(packed)
        .where(col(PACKED).isNotNull().and(chance.lt(below(count, table.rows().count()))))
        .orderBy(chance)
        .limit(count)
        .collectAsList()
        .stream()
        .map(row -> BinaryForm.PACKED.floats(row.getAs(0)))
        .toList();
  }

  /** Each task sends the best of its own, so that most are left out before. */
  static long below(int count, long rows) {
    double share = SPARE * (count + FEW) / Math.max(1, rows);
    return share >= 1 ? PARTS : Math.round(share * PARTS);
  }
}
