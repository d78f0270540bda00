package io.e5spark.index;

import io.e5spark.lists.StatedIndex;
import io.e5spark.platform.Count;
import io.e5spark.table.IndexedTable;
import java.util.List;
import java.util.Locale;

/**
 * What a job did with an index.
 *
 * @param table what the user calls the table
 * @param rows the number of rows of the table
 * @param lists the number of lists
 * @param empty the number of lists without rows
 * @param median the median number of rows of the other lists
 * @param largest the number of rows of the largest list
 * @param assigned the number of rows that this job put into a list
 * @param seconds the time that it took
 */
public record IndexSummary(
    String table,
    long rows,
    int lists,
    int empty,
    long median,
    long largest,
    long assigned,
    double seconds) {

  static IndexSummary of(IndexedTable table, StatedIndex index, long assigned, double seconds) {
    List<Long> sizes = table.sizes(index).values().stream().sorted().toList();
    return new IndexSummary(
        table.name(),
        sizes.stream().mapToLong(Long::longValue).sum(),
        index.lists(),
        index.lists() - sizes.size(),
        sizes.get(sizes.size() / 2),
        sizes.get(sizes.size() - 1),
        assigned,
        seconds);
  }

  /** The summary for people. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "Indexed table %s in %.1f s: %s in %s (median %s, largest %,d, %,d empty); assigned %s",
        table,
        seconds,
        Count.of(rows, "row"),
        Count.of(lists, "list"),
        Count.of(median, "row"),
        largest,
        empty,
        Count.of(assigned, "row"));
  }
}
