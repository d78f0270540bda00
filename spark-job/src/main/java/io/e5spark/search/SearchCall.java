package io.e5spark.search;

import io.e5spark.config.Settings;
import io.e5spark.platform.ColumnName;
import io.e5spark.table.VectorProperties;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A call of {@code e5_search} that returns the score and the ids of rows.
 *
 * @param table the searched table, as SQL names it
 * @param properties the properties of the searched vectors
 * @param ids the columns that identify a row
 * @param settings the settings for embedding queries
 * @param probes the rows that are read; null for all
 */
record SearchCall(
    String table,
    VectorProperties properties,
    List<String> ids,
    Settings settings,
    @Nullable Probes probes) {
  /** The column with the score, beside those with the ids. */
  static final String SCORE = "__e5_score";

  private static final String QUERY = "query";

  /**
   * The columns that the function adds; a table column with such a name is passed under another
   * name.
   */
  private static final Set<String> TAKEN = Set.of("score", "rank");

  /**
   * In a table with an index, the rows of some lists.
   *
   * @param listColumn the column with the number of a row's list
   * @param count the number of lists to read
   */
  record Probes(String listColumn, int count) {}

  /** The SQL query, best rows first; its texts are in {@link #parameters}. */
  String sql(int k) {
    String found =
        Stream.concat(
                Stream.of("score AS " + SCORE),
                ids.stream().map(id -> inside(id) + " AS " + ColumnName.quoted(id)))
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "SELECT %s FROM e5_search(TABLE(SELECT %s FROM %s), :query, %d, map(%s)) ORDER BY %s",
        found,
        columns(),
        table,
        k,
        options(),
        order());
  }

  /** Orders equal scores by id. */
  private String order() {
    return Stream.concat(Stream.of(SCORE + " DESC"), ids.stream().map(ColumnName::quoted))
        .collect(Collectors.joining(", "));
  }

  /** Only the vectors, their lists and the ids. */
  private String columns() {
    Stream<String> vector = Stream.of(ColumnName.quoted(properties.vectorColumn()));
    Stream<String> list = Stream.ofNullable(probes).map(one -> ColumnName.quoted(one.listColumn()));
    return Stream.concat(
            Stream.concat(vector, list),
            ids.stream().map(id -> ColumnName.quoted(id) + " AS " + inside(id)))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static String inside(String id) {
    return ColumnName.quoted(TAKEN.contains(id.toLowerCase(Locale.ROOT)) ? "__e5_" + id : id);
  }

  private String options() {
    return texts("").keySet().stream()
        .filter(name -> !name.equals(QUERY))
        .map(name -> "'%s', :%s".formatted(name, name))
        .collect(Collectors.joining(", "));
  }

  /** The texts of the SQL query by name. */
  Map<String, Object> parameters(String query) {
    return new LinkedHashMap<>(texts(query));
  }

  private Map<String, String> texts(String query) {
    Map<String, String> texts = new LinkedHashMap<>();
    settings.byKey().forEach((key, value) -> texts.put(key.replace('-', '_'), value));
    texts.put("vector_column", properties.vectorColumn());
    if (probes != null) {
      texts.put("probes", Integer.toString(probes.count()));
    }
    texts.put(QUERY, query);
    return texts;
  }
}
