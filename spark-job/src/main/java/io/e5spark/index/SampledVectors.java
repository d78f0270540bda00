package io.e5spark.index;

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import io.e5spark.platform.ColumnName;
import io.e5spark.table.IndexedTable;
import io.e5spark.vector.BinaryForm;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;

/**
 * A uniform random sample of the vectors of a table. It stays the same as long as the table does,
 * however the table is partitioned.
 */
record SampledVectors(IndexedTable table) {
  private static final String PACKED = "packed";
  private static final String CHANCE = "chance";
  private static final long PARTS = 1L << 30;

  /** The sample is drawn larger by this factor, so that hardly ever too few vectors are found. */
  private static final double SPARE = 1.2;

  private static final int FEW = 100;

  /**
   * The vectors.
   *
   * @param count their number; about all vectors if the table has fewer
   * @param seed the seed of the random numbers
   */
  List<float[]> take(int count, long seed) {
    Column packed = call_function("e5_pack", table.properties().floats());
    List<Column> identity = new ArrayList<>(List.of(packed, lit(seed)));
    table.keys().forEach(key -> identity.add(ColumnName.column(key)));
    Column chance = pmod(xxhash64(identity.toArray(Column[]::new)), lit(PARTS));
    return table
        .rows()
        .select(packed.as(PACKED), chance.as(CHANCE))
        .where(col(PACKED).isNotNull().and(col(CHANCE).lt(below(count, table.rows().count()))))
        .orderBy(CHANCE)
        .limit(count)
        .collectAsList()
        .stream()
        .map(row -> BinaryForm.PACKED.floats(row.getAs(0)))
        .toList();
  }

  /** Each task sends only its best rows, so most rows are dropped early. */
  static long below(int count, long rows) {
    double share = SPARE * (count + FEW) / Math.max(1, rows);
    return share >= 1 ? PARTS : Math.round(share * PARTS);
  }
}
