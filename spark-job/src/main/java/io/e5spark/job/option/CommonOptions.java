package io.e5spark.job.option;

import static picocli.CommandLine.Help.Visibility.NEVER;

import io.e5spark.cluster.Models;
import io.e5spark.config.Settings;
import io.e5spark.model.ModelCard;
import io.e5spark.table.VectorProperties;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options of every command: the settings of the model, the Spark session and the form of the
 * output.
 */
public final class CommonOptions {
  @Option(
      names = "--model",
      paramLabel = "NAME_OR_DIR",
      description =
          "The model: e5-small-v2 (the default), the name of another one in the model home, or a directory with model.onnx and tokenizer.json.")
  @Nullable String model;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A properties file with e5.* settings.")
  @Nullable Path config;

  @Option(
      names = "--set",
      showDefaultValue = NEVER,
      paramLabel = "KEY=VALUE",
      description = "An e5 setting, for example max-batch-tokens=8192; may be repeated.")
  public Map<String, String> set = new LinkedHashMap<>();

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Spark's master; local[*] by default.")
  public @Nullable String master;

  @Option(
      names = "--conf",
      showDefaultValue = NEVER,
      paramLabel = "KEY=VALUE",
      description = "A setting of Spark; may be repeated.")
  public Map<String, String> conf = new LinkedHashMap<>();

  @Option(names = "--json", description = "Print the report as one JSON document.")
  public boolean json;

  @Option(
      names = {"-v", "--verbose"},
      description = "Show Spark's log and stack traces.")
  public boolean verbose;

  /**
   * The model and the settings of a table, unless the command line has others; without the settings
   * that another model does not take.
   */
  public void takeFrom(VectorProperties properties, SparkSession session) {
    if (model == null && !set.containsKey("model") && !set.containsKey("e5.model")) {
      model = properties.model();
    }
    Map<String, String> settings = new LinkedHashMap<>(properties.settings());
    String longest = settings.remove("max-tokens");
    String task = settings.remove("task");
    settings.forEach(this::setIfAbsent);
    ModelCard card = Models.card(settings(session));
    if (longest != null && Integer.parseInt(longest) <= card.maxTokens()) {
      setIfAbsent("max-tokens", longest);
    }
    if (task != null && card.prompts().takesTask() && settings(session).vectors().prefix()) {
      setIfAbsent("task", task);
    }
  }

  /** Takes the settings of the file that the command line names for its own. */
  public void takeFromFile() {
    SettingsSources.inFile(config).forEach(this::setIfAbsent);
  }

  /** Sets what the command line does not. */
  public void setIfAbsent(String key, String value) {
    if (!set.containsKey("e5." + key)) {
      set.putIfAbsent(key, value);
    }
  }

  /**
   * The settings: the command line takes precedence over the file, the file over Spark's
   * configuration, and this over the defaults.
   */
  public Settings settings(SparkSession session) {
    return Settings.read(SettingsSources.merge(session, config, set, model));
  }
}
