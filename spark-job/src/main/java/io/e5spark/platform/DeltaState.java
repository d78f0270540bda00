package io.e5spark.platform;

import java.util.Optional;
import scala.collection.Map;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The newest state of a Delta table.
 *
 * @param version its version
 * @param id distinguishes it from another table that was made in its place
 */
record DeltaState(long version, String id) {
  private static final String TABLE = "org.apache.spark.sql.delta.catalog.DeltaTableV2";

  /**
   * The state of a table that Delta's catalog has just loaded. Delta's public interface starts jobs
   * of Spark for it. Empty for the table of another implementation of Delta.
   */
  static Optional<DeltaState> of(Object table) {
    return snapshot(table)
        .map(
            snapshot ->
                new DeltaState(
                    (Long) call(snapshot, "version"),
                    (String) call(call(snapshot, "metadata"), "id")));
  }

  /**
   * Whether a named transaction has committed to a Delta table that Delta's catalog has just
   * loaded. Delta remembers the names longer than the history, and reads its whole log for them.
   * False for the table of another implementation of Delta.
   */
  static boolean hasCommitted(Object table, String transaction) {
    return snapshot(table)
        .map(snapshot -> (Map<?, ?>) call(snapshot, "transactions"))
        .filter(names -> CollectionConverters.asJava(names).containsKey(transaction))
        .isPresent();
  }

  private static Optional<Object> snapshot(Object table) {
    return table.getClass().getName().equals(TABLE)
        ? Optional.of(call(table, "initialSnapshot"))
        : Optional.empty();
  }

  private static Object call(Object receiver, String name) {
    return VersionedCall.call(receiver, receiver.getClass(), name);
  }
}
