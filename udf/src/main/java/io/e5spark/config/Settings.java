package io.e5spark.config;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How texts become vectors. Immutable; the driver resolves the settings and sends them to the
 * executors unchanged.
 *
 * @param loading what loads the model
 * @param vectors what decides a vector besides the model
 * @param rows how rows are processed
 */
public record Settings(LoadingSettings loading, VectorSettings vectors, RowSettings rows)
    implements Serializable {
  /** These settings with another model. */
  public Settings withModel(String other) {
    LoadingSettings of =
        new LoadingSettings(
            other,
            loading.modelHome(),
            loading.modelCache(),
            loading.device(),
            loading.deviceThread());
    return new Settings(of, vectors, rows);
  }

  /** These settings for a model with this longest input, unless they name one. */
  public Settings atMost(int longest) {
    return new Settings(loading, vectors.atMost(longest), rows);
  }

  /** These settings for this task. */
  public Settings forTask(String task) {
    return new Settings(loading, vectors.forTask(task), rows);
  }

  /**
   * Reads settings from keys without the prefix {@code e5.}.
   *
   * @throws IllegalArgumentException with all problems at once: unknown keys, values that do not
   *     parse, and values out of range
   */
  public static Settings read(Map<String, String> values) {
    SettingsReader reader = new SettingsReader(values);
    Settings settings =
        new Settings(
            LoadingSettings.read(reader), VectorSettings.read(reader), RowSettings.read(reader));
    reader.finish();
    return settings;
  }

  /** All values by key; {@link #read} makes equal settings from them. */
  public Map<String, String> byKey() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("model", loading.model());
    values.put("model-home", loading.modelHome());
    values.put("model-cache", loading.modelCache());
    values.put("device", lower(loading.device()));
    values.put("device-thread", lower(loading.deviceThread()));
    values.putAll(vectors.byKey());
    values.put("truncate", lower(vectors.truncate()));
    values.put("max-batch-tokens", Integer.toString(rows.maxBatchTokens()));
    values.put("window-rows", Integer.toString(rows.windowRows()));
    values.put("on-error", lower(rows.onError()));
    values.put("deduplicate", Boolean.toString(rows.deduplicate()));
    return values;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
