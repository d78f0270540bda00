package io.e5spark.config;

import java.io.Serializable;

/**
 * The settings that load a model and decide where it runs.
 *
 * @param model the name of the built-in model or of a model in the model home, or a directory with
 *     {@code model.onnx} (or {@code onnx/model.onnx}) and {@code tokenizer.json}, on a local path
 *     or any Hadoop file system
 * @param modelHome the directory in which models are looked up by name, on a local path or any
 *     Hadoop file system; {@code ~/} stands for the home directory of the user
 * @param modelCache the directory on each host for copies of models from other file systems; {@code
 *     {user}} in it stands for the name of the user
 * @param device the device that runs the model
 * @param deviceThread the thread that makes the calls of the model
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
