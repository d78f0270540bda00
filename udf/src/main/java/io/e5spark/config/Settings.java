package io.e5spark.config;

import java.io.Serializable;
import java.util.Map;

/**
 * How texts become vectors. Immutable; resolved on the driver and sent to executors as it is.
 *
 * @param model name of the built-in model or of one in the model home, or a directory with {@code
 *     model.onnx} (or {@code onnx/model.onnx}) and {@code tokenizer.json}, on a local path or any
 *     Hadoop file system
 * @param modelHome directory in which models are looked for by name, on a local path or any Hadoop
 *     file system; {@code ~/} is the user's home
 * @param modelCache directory of each host for copies of models that lie on other file systems;
 *     {@code {user}} in it is the user's name
 * @param device where the model runs
 * @param deviceThread which thread makes the model's calls
 * @param maxTokens longest input of the model in tokens, prefix and special tokens included; from 3
 *     to 512
 * @param truncate what happens to longer texts
 * @param maxBatchTokens largest (longest text × number of texts) of one model call, padding
 *     included; 0 takes the device's default
 * @param windowRows rows that a task sorts by length and cuts into batches at a time
 * @param onError what happens to a text that cannot be embedded
 * @param normalize whether vectors have the length 1
 * @param prefix whether E5's {@code "query: "} or {@code "passage: "} is put before each text
 * @param deduplicate whether equal texts of a window are embedded once
 */
public record Settings(
    String model,
    String modelHome,
    String modelCache,
    Device device,
    ModelThread deviceThread,
    int maxTokens,
    Truncation truncate,
    int maxBatchTokens,
    int windowRows,
    OnError onError,
    boolean normalize,
    boolean prefix,
    boolean deduplicate)
    implements Serializable {

  /** The same with another model. */
  public Settings withModel(String other) {
    return new Settings(
        other,
        modelHome,
        modelCache,
        device,
        deviceThread,
        maxTokens,
        truncate,
        maxBatchTokens,
        windowRows,
        onError,
        normalize,
        prefix,
        deduplicate);
  }

  /**
   * The same where the loaded model is concerned, defaults elsewhere: what executors share it by.
   */
  public Settings ofModel() {
    return new Settings(
        model,
        modelHome,
        modelCache,
        device,
        deviceThread,
        maxTokens,
        truncate,
        maxBatchTokens,
        1,
        OnError.FAIL,
        normalize,
        prefix,
        true);
  }

  /** The settings that decide a vector beside the model, by key; part of its fingerprint. */
  public Map<String, String> ofVectors() {
    return Map.of(
        "max-tokens", Integer.toString(maxTokens),
        "truncate", truncate == Truncation.WINDOW ? "window" : "cut",
        "normalize", Boolean.toString(normalize),
        "prefix", Boolean.toString(prefix));
  }

  /**
   * Reads settings from keys without the {@code e5.} in front.
   *
   * @throws IllegalArgumentException with all problems at once: unknown keys, values that do not
   *     parse, values out of range
   */
  public static Settings read(Map<String, String> values) {
    SettingsReader reader = new SettingsReader(values);
    Settings settings =
        new Settings(
            reader.text("model", "e5-small-v2"),
            reader.text("model-home", "~/.e5-spark/models"),
            reader.text("model-cache", "/tmp/e5-spark-{user}"),
            reader.choice("device", Device.AUTO),
            reader.choice("device-thread", ModelThread.AUTO),
            reader.integer("max-tokens", 512, 3, 512),
            reader.choice("truncate", Truncation.CUT),
            reader.integer("max-batch-tokens", 0, 0, 1 << 20),
            reader.integer("window-rows", 4_096, 1, 1 << 20),
            reader.choice("on-error", OnError.FAIL),
            reader.flag("normalize", true),
            reader.flag("prefix", true),
            reader.flag("deduplicate", true));
    reader.finish();
    return settings;
  }
}
