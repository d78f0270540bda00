package io.e5spark.table;

import io.e5spark.source.SourceFormat;
import io.e5spark.source.TextSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a vector table says of the source of its texts, as table properties {@code e5.*}. */
final class SourceProperties {
  static final String INPUT = "e5.source";
  private static final String FORMAT = "e5.source-format";
  private static final String ID_COLUMNS = "e5.id-columns";
  private static final String TEXT_COLUMNS = "e5.text-columns";

  private SourceProperties() {}

  /** The properties of a table that is made from this source. */
  static Map<String, String> of(TextSource source) {
    return Map.of(
        INPUT, source.input(),
        FORMAT, source.format().toString(),
        ID_COLUMNS, String.join(",", source.idColumns()),
        TEXT_COLUMNS, String.join(",", source.textColumns()));
  }

  /** The source that these properties name, without the columns that it carries over. */
  static Optional<TextSource> source(Map<String, String> properties) {
    return Optional.ofNullable(properties.get(INPUT))
        .map(
            input ->
                new TextSource(
                    input,
                    SourceFormat.valueOf(
                        properties.getOrDefault(FORMAT, "auto").toUpperCase(Locale.ROOT)),
                    list(properties, ID_COLUMNS),
                    list(properties, TEXT_COLUMNS),
                    List.of()));
  }

  private static List<String> list(Map<String, String> properties, String key) {
    return Arrays.asList(properties.getOrDefault(key, "").split(",", -1));
  }
}
