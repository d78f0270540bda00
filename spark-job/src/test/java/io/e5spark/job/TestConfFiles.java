package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.config.Device;
import io.e5spark.config.Settings;
import io.e5spark.job.option.SettingsSources;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class TestConfFiles {
  @TempDir Path directory;

  private static Settings merge(Path file, Map<String, String> options) {
    return Settings.read(SettingsSources.merge(Cli.spark(), file, options, null));
  }

  @Test
  void exampleHoldsTheDefaults() throws IOException {
    Path example = Path.of("../conf/e5-spark.properties");
    assertThat(merge(example, Map.of())).isEqualTo(Settings.read(Map.of()));
    assertThat(Files.readAllLines(example).stream().filter(line -> line.startsWith("e5.")))
        .hasSameSizeAs(Settings.read(Map.of()).byKey().keySet());
  }

  @Test
  void commandLineIsStrongerThanFileThanSpark() throws IOException {
    Cli.spark().conf().set("spark.e5.max-tokens", "10");
    Cli.spark().conf().set("spark.e5.window-rows", "10");
    Cli.spark().conf().set("spark.e5.max-batch-tokens", "10");
    try {
      Path file =
          Files.writeString(
              directory.resolve("a.properties"), "e5.max-tokens=20\ne5.window-rows=20\n");
      Settings settings = merge(file, Map.of("e5.max-tokens", "30"));
      assertThat(settings.vectors().maxTokens()).isEqualTo(30);
      assertThat(settings.rows().windowRows()).isEqualTo(20);
      assertThat(settings.rows().maxBatchTokens()).isEqualTo(10);
    } finally {
      Cli.spark().conf().unset("spark.e5.max-tokens");
      Cli.spark().conf().unset("spark.e5.window-rows");
      Cli.spark().conf().unset("spark.e5.max-batch-tokens");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"kubernetes/spark.properties", "yarn/spark.properties"})
  void clusterExamplesNameWhatThereIs(String file) throws Exception {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of("../conf", file))) {
      properties.load(reader);
    }
    Map<String, String> settings = new TreeMap<>();
    for (String key : properties.stringPropertyNames()) {
      if (key.startsWith("spark.e5.")) {
        settings.put(key.substring("spark.e5.".length()), properties.getProperty(key));
      }
    }
    assertThat(Settings.read(settings).loading().device()).isEqualTo(Device.CUDA);
    for (String key : List.of("spark.sql.extensions", "spark.plugins")) {
      for (String name : properties.getProperty(key).split(",", -1)) {
        assertThat(Class.forName(name)).isNotNull();
      }
    }
  }

  @Test
  void databricksTasksAreCommands() throws IOException {
    String bundle = Files.readString(Path.of("../conf/databricks/databricks.yml"));
    assertThat(bundle).contains("main_class_name: " + Main.class.getName());
    List<List<String>> tasks = new ArrayList<>();
    for (String task : bundle.split("\\n +parameters:\\n", -1)) {
      tasks.add(
          task.lines()
              .takeWhile(line -> line.matches(" {14}- .*"))
              .map(line -> line.strip().substring(2).replaceAll("\\$\\{[^}]*}", "/files"))
              .toList());
    }
    tasks.remove(0);
    assertThat(tasks).extracting(task -> task.get(0)).containsExactly("embed", "evaluate");
    for (List<String> task : tasks) {
      CommandLine commands = new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
      assertThat(commands.parseArgs(task.toArray(String[]::new)).subcommand()).isNotNull();
    }
  }

  @Test
  void strangeFilesAreRefused() throws IOException {
    Path file = Files.writeString(directory.resolve("a.properties"), "max-tokens=20\n");
    assertThatThrownBy(() -> merge(file, Map.of()))
        .hasMessage("Unknown setting: max-tokens in " + file + " (settings begin with e5.)");
    Path missing = directory.resolve("missing");
    assertThatThrownBy(() -> merge(missing, Map.of()))
        .hasMessageStartingWith("Cannot read settings file " + missing + ": ");
  }
}
