package io.e5spark.source;

import io.e5spark.platform.TableLocation;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.spark.sql.SparkSession;

/**
 * The versions of a Delta table. A table that was restored from a copy and written to again has
 * other commits under the same numbers.
 */
public record SourceHistory(SparkSession spark, String table) {
  /** The newest version; empty if the source is not a Delta table. */
  public OptionalLong newest() {
    return location().deltaVersion();
  }

  /** Distinguishes the commit of a version from any other; empty if its file is gone. */
  public Optional<String> commit(long version) {
    return location()
        .place()
        .map(place -> new TableLocation(spark, place.path().toString()))
        .flatMap(root -> root.text(String.format(Locale.ROOT, "_delta_log/%020d.json", version)))
        .map(text -> UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString());
  }

  private TableLocation location() {
    return new TableLocation(spark, table);
  }
}
