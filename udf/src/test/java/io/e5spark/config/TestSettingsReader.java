package io.e5spark.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestSettingsReader {
  private static SettingsReader reader(String value) {
    return new SettingsReader(Map.of("key", value));
  }

  @Test
  void defaultsStandInForMissingValues() {
    SettingsReader reader = new SettingsReader(Map.of());
    assertThat(reader.text("text", "usual")).isEqualTo("usual");
    assertThat(reader.integer("integer", 7, 1, 9)).isEqualTo(7);
    assertThat(reader.flag("flag", true)).isTrue();
    assertThat(reader.choice("choice", Device.CUDA)).isEqualTo(Device.CUDA);
    assertThatCode(reader::finish).doesNotThrowAnyException();
  }

  @Test
  void textIsKeptAsItIs() {
    assertThat(reader(" a b ").text("key", "usual")).isEqualTo(" a b ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "\t"})
  void blankTextIsInvalid(String value) {
    SettingsReader reader = reader(value);
    reader.text("key", "usual");
    assertThatThrownBy(reader::finish)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid key: '%s' (must not be blank)".formatted(value));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "9, 9", "' 5 ', 5", "+3, 3"})
  void integersMayStandAtBothEndsOfTheRange(String value, int number) {
    SettingsReader reader = reader(value);
    assertThat(reader.integer("key", 7, 1, 9)).isEqualTo(number);
    assertThatCode(reader::finish).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "10", "-1", "5.0", "five", "", "99999999999"})
  void integerOutsideTheRangeIsInvalid(String value) {
    SettingsReader reader = reader(value);
    assertThat(reader.integer("key", 7, 1, 9)).isEqualTo(7);
    assertThatThrownBy(reader::finish)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid key: %s (must be from 1 to 9)".formatted(value));
  }

  @ParameterizedTest
  @CsvSource({
    "true, true",
    "ON, true",
    "' True ', true",
    "false, false",
    "off, false",
    "OFF, false"
  })
  void flagsAreWordsInAnyCase(String value, boolean flag) {
    SettingsReader reader = reader(value);
    assertThat(reader.flag("key", !flag)).isEqualTo(flag);
    assertThatCode(reader::finish).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "1", "", "truefalse"})
  void otherWordIsNoFlag(String value) {
    SettingsReader reader = reader(value);
    assertThat(reader.flag("key", true)).isTrue();
    assertThatThrownBy(reader::finish)
        .hasMessage("Invalid key: %s (must be true or false)".formatted(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"window", "WINDOW", " Window "})
  void choicesAreNamesInAnyCase(String value) {
    assertThat(reader(value).choice("key", Truncation.CUT)).isEqualTo(Truncation.WINDOW);
  }

  @Test
  void otherNameIsNoChoice() {
    SettingsReader reader = reader("slide");
    assertThat(reader.choice("key", Truncation.CUT)).isEqualTo(Truncation.CUT);
    assertThatThrownBy(reader::finish)
        .hasMessage("Invalid key: slide (must be one of [cut, fail, window])");
  }

  @Test
  void localeOfTheProcessChangesNothing() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      SettingsReader reader = reader("main");
      reader.choice("key", ModelThread.AUTO);
      assertThatThrownBy(reader::finish)
          .hasMessage("Invalid key: main (must be one of [auto, caller, dedicated])");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void keyThatIsNeverReadIsUnknown() {
    SettingsReader reader = new SettingsReader(Map.of("modle", "m", "zzzzzzzz", "z"));
    reader.text("model", "usual");
    reader.integer("depth", 1, 1, 9);
    assertThatThrownBy(reader::finish)
        .hasMessage(
            """
            Unknown setting: modle (did you mean model?)
            Unknown setting: zzzzzzzz (known are [model, depth])""");
  }

  @Test
  void problemsAreInTheOrderOfTheReads() {
    SettingsReader reader = new SettingsReader(Map.of("a", "x", "b", "x", "c", "x"));
    reader.flag("b", true);
    reader.integer("a", 1, 1, 2);
    assertThatThrownBy(reader::finish)
        .hasMessage(
            """
            Invalid b: x (must be true or false)
            Invalid a: x (must be from 1 to 2)
            Unknown setting: c (did you mean b?)""");
  }
}
