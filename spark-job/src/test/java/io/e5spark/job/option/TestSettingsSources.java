package io.e5spark.job.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestSettingsSources {
  private static final Map<String, String> NONE = Map.of();

  @TempDir Path directory;

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("e5.properties"), text);
  }

  @Test
  void sessionsSettingsAreThoseWithThePrefix() {
    assertThat(
            SettingsSources.of(
                Map.of(
                    "spark.e5.max-tokens", "10",
                    "spark.e5.model", "m",
                    "spark.e5x.device", "cpu",
                    "e5.device", "cpu",
                    "spark.master", "local")))
        .isEqualTo(Map.of("max-tokens", "10", "model", "m"));
  }

  @Test
  void noSourceIsNoSetting() {
    assertThat(SettingsSources.merge(NONE, null, NONE, null)).isEmpty();
  }

  @Test
  void strongerSourceWins() throws IOException {
    Map<String, String> session =
        Map.of("model", "session", "device", "session", "prefix", "session", "truncate", "session");
    Path file = file("e5.model=file\ne5.device=file\ne5.prefix=file\n");
    Map<String, String> options = Map.of("model", "option", "device", "option");
    assertThat(SettingsSources.merge(session, file, options, "named"))
        .isEqualTo(
            Map.of("model", "named", "device", "option", "prefix", "file", "truncate", "session"));
    assertThat(SettingsSources.merge(session, file, options, null))
        .containsEntry("model", "option");
  }

  @Test
  void sessionsSettingsStayAsTheyAre() {
    Map<String, String> session = Map.of("model", "session");
    SettingsSources.merge(session, null, Map.of("device", "cpu"), "named");
    assertThat(session).isEqualTo(Map.of("model", "session"));
  }

  @Test
  void prefixOfAnOptionMayBeLeftOut() {
    assertThat(
            SettingsSources.merge(NONE, null, Map.of("e5.device", "cpu", "max-tokens", "9"), null))
        .isEqualTo(Map.of("device", "cpu", "max-tokens", "9"));
  }

  @Test
  void fileIsUtf8WithCommentsAndSpaces() throws IOException {
    Path file = file("# models\n! more\n\ne5.model = /modèles/e5\ne5.device: cpu\ne5.prefix\n");
    assertThat(SettingsSources.merge(NONE, file, NONE, null))
        .isEqualTo(Map.of("model", "/modèles/e5", "device", "cpu", "prefix", ""));
  }

  @Test
  void settingOfAFileNeedsThePrefix() throws IOException {
    Path file = file("spark.e5.device=cpu\n");
    assertThatThrownBy(() -> SettingsSources.merge(NONE, file, NONE, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Unknown setting: spark.e5.device in %s (settings begin with e5.)", file);
  }

  @Test
  void missingFileIsNamed() {
    Path missing = directory.resolve("missing");
    assertThatThrownBy(() -> SettingsSources.merge(NONE, missing, NONE, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot read settings file %s: ".formatted(missing))
        .hasCauseInstanceOf(NoSuchFileException.class);
  }

  @Test
  void fileThatIsNoPropertiesFileIsNamed() throws IOException {
    Path escape = file("e5.model=\\u00zz\n");
    assertThatThrownBy(() -> SettingsSources.merge(NONE, escape, NONE, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot read settings file %s: ".formatted(escape));
    Path latin =
        Files.write(
            directory.resolve("latin.properties"),
            "e5.model=/modèles".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> SettingsSources.merge(NONE, latin, NONE, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot read settings file %s: ".formatted(latin));
  }
}
