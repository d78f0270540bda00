package io.e5spark.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestSettings {
  private static final Map<String, String> EVERY =
      Map.ofEntries(
          Map.entry("model", "/models/e5-base-v2"),
          Map.entry("device", "cuda"),
          Map.entry("device-thread", "dedicated"),
          Map.entry("model-home", "s3a://models"),
          Map.entry("model-cache", "/disk/models"),
          Map.entry("max-tokens", "256"),
          Map.entry("truncate", "window"),
          Map.entry("max-batch-tokens", "8192"),
          Map.entry("window-rows", "1000"),
          Map.entry("on-error", "null"),
          Map.entry("normalize", "false"),
          Map.entry("prefix", "off"),
          Map.entry("deduplicate", "false"),
          Map.entry("task", "Find duplicates"),
          Map.entry("arm64-bfloat16", "true"));

  @Test
  void defaults() {
    assertThat(Settings.read(Map.of()))
        .isEqualTo(
            new Settings(
                new LoadingSettings(
                    "e5-small-v2",
                    "~/.e5-spark/models",
                    "/tmp/e5-spark-{user}",
                    Device.AUTO,
                    ModelThread.AUTO),
                new VectorSettings(0, Truncation.CUT, true, true, "", false),
                new RowSettings(0, 4_096, OnError.FAIL, true)));
  }

  @Test
  void everySettingIsRead() {
    assertThat(Settings.read(EVERY))
        .isEqualTo(
            new Settings(
                new LoadingSettings(
                    "/models/e5-base-v2",
                    "s3a://models",
                    "/disk/models",
                    Device.CUDA,
                    ModelThread.DEDICATED),
                new VectorSettings(256, Truncation.WINDOW, false, false, "Find duplicates", true),
                new RowSettings(8_192, 1_000, OnError.NULL, false)));
    int components =
        Arrays.stream(Settings.class.getRecordComponents())
            .mapToInt(part -> part.getType().getRecordComponents().length)
            .sum();
    assertThat(EVERY).hasSize(components);
  }

  @Test
  void settingsAreWhatTheirKeysSay() {
    Settings every = Settings.read(EVERY);
    assertThat(every.byKey()).containsOnlyKeys(EVERY.keySet());
    assertThat(Settings.read(every.byKey())).isEqualTo(every);
    Settings usual = Settings.read(Map.of());
    assertThat(usual.byKey()).containsOnlyKeys(EVERY.keySet());
    assertThat(Settings.read(usual.byKey())).isEqualTo(usual);
    Settings failing = Settings.read(Map.of("truncate", "fail"));
    assertThat(Settings.read(failing.byKey())).isEqualTo(failing);
    assertThat(failing.vectors().byKey()).containsEntry("truncate", "cut");
  }

  @Test
  void whatTheModelDecidesCanBeLeftToItByName() {
    assertThat(Settings.read(Map.of("max-tokens", " 0 ", "task", " ")))
        .isEqualTo(Settings.read(Map.of()));
  }

  @Test
  void unknownSettingIsNamedWithTheNearest() {
    assertThatThrownBy(() -> Settings.read(Map.of("max-token", "5")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Unknown setting: max-token (did you mean max-tokens?)");
    assertThatThrownBy(() -> Settings.read(Map.of("colour", "red")))
        .hasMessageStartingWith(
            "Unknown setting: colour (known are [model, model-home, model-cache, device, device-thread, max-tokens");
  }

  @Test
  void allProblemsAreReportedAtOnce() {
    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put("max-tokens", "600");
    wrong.put("device", "tpu");
    wrong.put("normalize", "maybe");
    wrong.put("window-rows", "many");
    assertThatThrownBy(() -> Settings.read(wrong))
        .hasMessage(
            """
            Invalid device: tpu (must be one of [auto, cpu, cuda])
            Invalid max-tokens: 600 (must be from 3 to 512)
            Invalid normalize: maybe (must be true or false)
            Invalid window-rows: many (must be from 1 to 1048576)""");
  }
}
