package io.e5spark.config;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What decides a vector besides its text, its input type and the model.
 *
 * @param maxTokens the longest input in tokens, including the prefix and the special tokens; 0
 *     stands for the longest input of a model that is not known yet
 * @param truncate what happens to longer texts
 * @param normalize whether vectors have norm 1
 * @param prefix whether the prompts of the model go in front of texts
 * @param task what queries are embedded for, if the prompt of the model has a place for it; empty
 *     stands for the usual task of a model that is not known yet
 * @param arm64Bfloat16 whether 64-bit ARM processors multiply the matrices of fp32 models in
 *     bfloat16
 */
public record VectorSettings(
    int maxTokens,
    Truncation truncate,
    boolean normalize,
    boolean prefix,
    String task,
    boolean arm64Bfloat16)
    implements Serializable {
  /** The longest input in tokens, whatever a model allows. */
  public static final int LONGEST = 512;

  /** The key of {@link #arm64Bfloat16}. */
  public static final String ARM64_BFLOAT16 = "arm64-bfloat16";

  static VectorSettings read(SettingsReader reader) {
    return new VectorSettings(
        reader.integerOrNone("max-tokens", 3, LONGEST),
        reader.choice("truncate", Truncation.CUT),
        reader.flag("normalize", true),
        reader.flag("prefix", true),
        reader.textOrNone("task"),
        reader.flag(ARM64_BFLOAT16, false));
  }

  /** These settings for a model with this longest input, unless they name one. */
  public VectorSettings atMost(int longest) {
    return maxTokens > 0
        ? this
        : new VectorSettings(longest, truncate, normalize, prefix, task, arm64Bfloat16);
  }

  /** These settings for this task. */
  public VectorSettings forTask(String other) {
    return new VectorSettings(maxTokens, truncate, normalize, prefix, other, arm64Bfloat16);
  }

  /**
   * The values by key. A text that is rejected has no vector, so {@code fail} is written as {@code
   * cut}.
   */
  public Map<String, String> byKey() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("normalize", Boolean.toString(normalize));
    values.put("prefix", Boolean.toString(prefix));
    values.put("max-tokens", Integer.toString(maxTokens));
    Truncation same = truncate == Truncation.FAIL ? Truncation.CUT : truncate;
    values.put("truncate", same.name().toLowerCase(Locale.ROOT));
    values.put("task", task);
    values.put(ARM64_BFLOAT16, Boolean.toString(arm64Bfloat16));
    return values;
  }
}
