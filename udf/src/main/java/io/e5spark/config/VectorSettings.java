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
 * @param prefix whether the model's prompts are put before texts
 * @param task what queries are embedded for, where the model's prompt has a place for it; empty
 *     until the model is known, if that is to be the usual one
 */
public record VectorSettings(
    int maxTokens, Truncation truncate, boolean normalize, boolean prefix, String task)
    implements Serializable {
  /** The longest input that any model is given, in tokens. */
  public static final int LONGEST = 512;

  static VectorSettings read(SettingsReader reader) {
    return new VectorSettings(
        reader.integerOrNone("max-tokens", 3, LONGEST),
        reader.choice("truncate", Truncation.CUT),
        reader.flag("normalize", true),
        reader.flag("prefix", true),
        reader.textOrNone("task"));
  }

  /** The same for a model whose longest input is this, where none was named. */
  public VectorSettings atMost(int longest) {
    return maxTokens > 0 ? this : new VectorSettings(longest, truncate, normalize, prefix, task);
  }

  /** The same for this task. */
  public VectorSettings forTask(String other) {
    return new VectorSettings(maxTokens, truncate, normalize, prefix, other);
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
    values.put("task", task);
    return values;
  }
}
