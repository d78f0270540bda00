package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        .hasSameSizeAs(Settings.class.getRecordComponents());
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
      assertThat(settings.maxTokens()).isEqualTo(30);
      assertThat(settings.windowRows()).isEqualTo(20);
      assertThat(settings.maxBatchTokens()).isEqualTo(10);
    } finally {
      Cli.spark().conf().unset("spark.e5.max-tokens");
      Cli.spark().conf().unset("spark.e5.window-rows");
      Cli.spark().conf().unset("spark.e5.max-batch-tokens");
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
