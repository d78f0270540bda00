package io.e5spark.nearest;

import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/** Packed rows by their {@link ContentKey}, sorted within partitions. */
final class KeyedRows {
  private KeyedRows() {}

  /** Shuffled once, so a second reader does not compute them again. */
  static JavaPairRDD<String, byte[]> shuffled(JavaRDD<Candidate> rows, int partitions) {
    return rows.mapToPair(KeyedRows::keyed)
        .repartitionAndSortWithinPartitions(new HashPartitioner(partitions));
  }

  static Tuple2<String, byte[]> keyed(Candidate row) {
    byte[] packed = row.packed();
    return new Tuple2<>(ContentKey.of(packed), packed);
  }
}
