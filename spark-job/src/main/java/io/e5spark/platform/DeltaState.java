package io.e5spark.platform;

import java.util.Optional;

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
    if (!table.getClass().getName().equals(TABLE)) {
      return Optional.empty();
    }
    Object snapshot = call(table, "initialSnapshot");
    return Optional.of(
        new DeltaState(
            (Long) call(snapshot, "version"), (String) call(call(snapshot, "metadata"), "id")));
  }

  private static Object call(Object receiver, String name) {
    return VersionedCall.call(receiver, receiver.getClass(), name);
  }
}
