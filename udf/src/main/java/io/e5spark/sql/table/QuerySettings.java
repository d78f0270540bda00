package io.e5spark.sql.table;

import io.e5spark.cluster.Models;
import io.e5spark.config.Settings;
import io.e5spark.model.ModelCard;
import io.e5spark.model.StatedVectors;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The settings for embedding a query: the options of the call take precedence over the statements
 * of the table, and these over the session.
 */
final class QuerySettings {
  private static final String LONGEST = "max-tokens";
  private static final String TASK = "task";
  private static final String TRUNCATE = "truncate";
  private static final String CUT = "cut";
  private static final String FAIL = "fail";

  private QuerySettings() {}

  /** The settings for a table that states how its vectors were made. */
  static Settings of(Settings session, StatedVectors stated, Map<String, String> options) {
    Map<String, String> values = new LinkedHashMap<>(session.byKey());
    String sessionTask = values.remove(TASK);
    String truncate = values.get(TRUNCATE);
    values.put("model", stated.model());
    values.putAll(stated.settings());
    if (FAIL.equals(truncate) && CUT.equals(values.get(TRUNCATE))) {
      // Both give the same vectors, so a table does not tell them apart.
      values.put(TRUNCATE, FAIL);
    }
    String longest = values.remove(LONGEST);
    String task = values.remove(TASK);
    values.putAll(options);
    Settings without = Settings.read(values);
    ModelCard card = Models.card(without);
    if (longest != null && Integer.parseInt(longest) <= card.maxTokens()) {
      values.putIfAbsent(LONGEST, longest);
    }
    if (card.prompts().takesTask() && without.vectors().prefix()) {
      values.putIfAbsent(TASK, task == null ? sessionTask : task);
    }
    return Settings.read(values);
  }

  /** The settings for a table that states nothing. */
  static Settings of(Settings session, Map<String, String> options) {
    Map<String, String> values = new LinkedHashMap<>(session.byKey());
    values.putAll(options);
    return Settings.read(values);
  }
}
