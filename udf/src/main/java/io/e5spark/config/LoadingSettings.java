package io.e5spark.config;

import java.io.Serializable;

/**
 * What loads a model, and where it runs.
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
 */
public record LoadingSettings(
    String model, String modelHome, String modelCache, Device device, ModelThread deviceThread)
    implements Serializable {
  static LoadingSettings read(SettingsReader reader) {
    return new LoadingSettings(
        reader.text("model", "e5-small-v2"),
        reader.text("model-home", "~/.e5-spark/models"),
        reader.text("model-cache", "/tmp/e5-spark-{user}"),
        reader.choice("device", Device.AUTO),
        reader.choice("device-thread", ModelThread.AUTO));
  }
}
