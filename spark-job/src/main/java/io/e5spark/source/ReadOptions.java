package io.e5spark.source;

import java.util.HashMap;
import java.util.Map;

/** The options of Spark's file readers, which apply whatever the settings of the session are. */
public final class ReadOptions {
  /** Whether brackets, braces and stars make a path a pattern. */
  static final String PATTERNS = "__globPaths__";

  private static final Map<String, String> FILES =
      Map.of(PATTERNS, "false", "ignoreCorruptFiles", "false", "ignoreMissingFiles", "false");
  private static final Map<String, String> CSV =
      Map.of(
          "mode", "FAILFAST",
          "header", "true",
          // Rejects files whose header has other columns, or another order.
          "enforceSchema", "false",
          "multiLine", "true",
          "escape", "\"");

  private ReadOptions() {}

  /** The options for files of a form, in directories at any depth. */
  public static Map<String, String> of(FileForm form) {
    Map<String, String> options = new HashMap<>(FILES);
    options.put("recursiveFileLookup", "true");
    switch (form.format()) {
      case CSV -> {
        options.putAll(CSV);
        options.put("sep", form.separator());
        options.put("encoding", form.encodingOfCsv());
      }
      case JSON -> options.putAll(json(form));
      case DOCUMENTS -> options.put("wholetext", "true");
      default -> {}
    }
    return options;
  }

  /** The options for files of a form whose directories are columns. */
  static Map<String, String> partitioned(FileForm form, String root) {
    Map<String, String> options = of(form);
    options.remove("recursiveFileLookup");
    options.put("basePath", root);
    return options;
  }

  private static Map<String, String> json(FileForm form) {
    // Spark must be told where lines end in every encoding except UTF-8.
    return form.isUtf8() ? Map.of() : Map.of("encoding", form.encoding(), "lineSep", "\n");
  }
}
