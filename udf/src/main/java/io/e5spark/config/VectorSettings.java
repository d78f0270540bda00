package io.e5spark.config;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What decides a vector beside its text, its input type and the model.
 *
 * @param maxTokens longest input in tokens, prefix and special tokens included; 0 until the model
 *     is known, if that is to be its own
 * @param truncate what happens to longer texts
 * @param normalize whether vectors have norm 1
 * @param prefix whether E5's {@code "query: "} or {@code "passage: "} is put before each text
 */
public record VectorSettings(int maxTokens, Truncation truncate, boolean normalize, boolean prefix)
    implements Serializable {
  /** The longest input that any model is given, in tokens. */
  public static final int LONGEST = 512;

  static VectorSettings read(SettingsReader reader) {
    return new VectorSettings(
        reader.integer("max-tokens", 0, 3, LONGEST),
        reader.choice("truncate", Truncation.CUT),
        reader.flag("normalize", true),
        reader.flag("prefix", true));
  }

  /** The same for a model whose longest input is this, where none was named. */
  public VectorSettings atMost(int longest) {
    return maxTokens > 0 ? this : new VectorSettings(longest, truncate, normalize, prefix);
  }

  /**
   * Their values by key. Texts that are refused have no vector, so that fail is the same as cut.
   */
  public Map<String, String> byKey() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("normalize", Boolean.toString(normalize));
    values.put("prefix", Boolean.toString(prefix));
    if (maxTokens > 0) {
      values.put("max-tokens", Integer.toString(maxTokens));
    }
    Truncation same = truncate == Truncation.FAIL ? Truncation.CUT : truncate;
    values.put("truncate", same.name().toLowerCase(Locale.ROOT));
    return values;
  }
}
