package io.e5spark.config;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What decides a vector beside its text, its input type and the model.
 *
 * @param maxTokens longest input of the model in tokens, prefix and special tokens included; from 3
 *     to 512
 * @param truncate what happens to longer texts
 * @param normalize whether vectors have norm 1
 * @param prefix whether E5's {@code "query: "} or {@code "passage: "} is put before each text
 */
public record VectorSettings(int maxTokens, Truncation truncate, boolean normalize, boolean prefix)
    implements Serializable {
  static VectorSettings read(SettingsReader reader) {
    return new VectorSettings(
        reader.integer("max-tokens", 512, 3, 512),
        reader.choice("truncate", Truncation.CUT),
        reader.flag("normalize", true),
        reader.flag("prefix", true));
  }

  /**
   * Their values by key. Texts that are refused have no vector, so that fail is the same as cut.
   */
  public Map<String, String> byKey() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("normalize", Boolean.toString(normalize));
    values.put("prefix", Boolean.toString(prefix));
    values.put("max-tokens", Integer.toString(maxTokens));
    Truncation same = truncate == Truncation.FAIL ? Truncation.CUT : truncate;
    values.put("truncate", same.name().toLowerCase(Locale.ROOT));
    return values;
  }
}
