package io.e5spark.table;

import io.e5spark.model.StatedVectors;
import io.e5spark.source.FileForm;
import io.e5spark.source.RowIds;
import io.e5spark.source.SourceFormat;
import io.e5spark.source.TextSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a vector table says about the source of its texts, as table properties {@code e5.*}. */
final class SourceProperties {
  static final String INPUT = "e5.source";
  private static final String FORMAT = "e5.source-format";
  private static final String ENCODING = "e5.source-encoding";
  private static final String SEPARATOR = "e5.source-separator";
  private static final String GENERATED_ID = "e5.generated-id";
  private static final String ID_COLUMNS = StatedVectors.ID_COLUMNS;
  private static final String TEXT_COLUMNS = "e5.text-columns";

  private SourceProperties() {}

  /** The properties of a table that is made from this source. */
  static Map<String, String> of(TextSource source) {
    return Map.of(
        INPUT, source.input(),
        FORMAT, source.format().toString(),
        ENCODING, source.form().encoding(),
        SEPARATOR, source.form().separator(),
        GENERATED_ID, source.rowIds().toString(),
        ID_COLUMNS, String.join(",", source.idColumns()),
        TEXT_COLUMNS, String.join(",", source.textColumns()));
  }

  /** The source in these properties, without the columns that it carries over. */
  static Optional<TextSource> source(Map<String, String> properties) {
    return Optional.ofNullable(properties.get(INPUT))
        .map(
            input ->
                new TextSource(
                    input,
                    form(properties),
                    RowIds.valueOf(upperCase(properties, GENERATED_ID, "columns")),
                    list(properties, ID_COLUMNS),
                    list(properties, TEXT_COLUMNS),
                    List.of(),
                    null));
  }

  private static FileForm form(Map<String, String> properties) {
    return new FileForm(
        SourceFormat.valueOf(upperCase(properties, FORMAT, "auto")),
        properties.getOrDefault(ENCODING, "UTF-8"),
        properties.getOrDefault(SEPARATOR, ","));
  }

  private static String upperCase(Map<String, String> properties, String key, String usual) {
    return properties.getOrDefault(key, usual).toUpperCase(Locale.ROOT);
  }

  private static List<String> list(Map<String, String> properties, String key) {
    return Arrays.asList(properties.getOrDefault(key, "").split(",", -1));
  }
}
