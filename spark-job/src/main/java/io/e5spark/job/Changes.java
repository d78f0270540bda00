package io.e5spark.job;

import io.e5spark.table.ChangeFeed;
import io.e5spark.table.TextSource;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a merge looks at.
 *
 * @param texts rows with {@link TextSource#TEXT}
 * @param gone rows whose keys the source has no longer; where that is not known, {@code texts} are
 *     all its rows
 */
record Changes(Dataset<Row> texts, Optional<Dataset<Row>> gone) {
  /** All rows of a source. */
  static Changes all(Dataset<Row> texts) {
    return new Changes(texts, Optional.empty());
  }

  /** What a source's feed says. */
  static Changes of(ChangeFeed feed, TextSource source) {
    return new Changes(source.select(feed.present()), Optional.of(feed.gone()));
  }
}
