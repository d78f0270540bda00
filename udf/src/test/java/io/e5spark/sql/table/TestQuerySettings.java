package io.e5spark.sql.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.config.InputType;
import io.e5spark.config.Settings;
import io.e5spark.config.Truncation;
import io.e5spark.model.Prompts;
import io.e5spark.model.StatedVectors;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestQuerySettings {
  private static StatedVectors stated(Map<String, String> settings) {
    return new StatedVectors(
        "e5-small-v2", "f", 384, InputType.PASSAGE, "v", Prompts.E5, settings, List.of());
  }

  private static Settings session() {
    return Settings.read(Map.of("model", "elsewhere", "max-tokens", "7", "window-rows", "9"));
  }

  @Test
  void tableWinsOverTheSession() {
    Settings settings =
        QuerySettings.of(
            session(), stated(Map.of("max-tokens", "100", "prefix", "false")), Map.of());
    assertThat(settings.loading().model()).isEqualTo("e5-small-v2");
    assertThat(settings.vectors().maxTokens()).isEqualTo(100);
    assertThat(settings.vectors().prefix()).isFalse();
    assertThat(settings.rows().windowRows()).isEqualTo(9);
  }

  @Test
  void queryMayHaveToFitAlthoughThePassagesWereCut() {
    Settings session = Settings.read(Map.of("truncate", "fail"));
    StatedVectors cut = stated(Map.of("truncate", "cut"));
    assertThat(QuerySettings.of(session, cut, Map.of()).vectors().truncate())
        .isEqualTo(Truncation.FAIL);
    assertThat(QuerySettings.of(session, cut, Map.of("truncate", "cut")).vectors().truncate())
        .isEqualTo(Truncation.CUT);
    StatedVectors windows = stated(Map.of("truncate", "window"));
    assertThat(QuerySettings.of(session, windows, Map.of()).vectors().truncate())
        .isEqualTo(Truncation.WINDOW);
  }

  @Test
  void callWinsOverTheTable() {
    Settings settings =
        QuerySettings.of(
            session(), stated(Map.of("max-tokens", "100")), Map.of("max-tokens", "50"));
    assertThat(settings.vectors().maxTokens()).isEqualTo(50);
  }

  @Test
  void longerInputsThanTheModelTakesAreNotItsSetting() {
    Settings settings = QuerySettings.of(session(), stated(Map.of("max-tokens", "9999")), Map.of());
    assertThat(settings.vectors().maxTokens()).isLessThanOrEqualTo(512);
  }

  @Test
  void taskIsLeftOutWhereTheModelTakesNone() {
    Settings session = Settings.read(Map.of("task", "of the session"));
    assertThat(
            QuerySettings.of(session, stated(Map.of("task", "of the table")), Map.of())
                .vectors()
                .task())
        .isEmpty();
  }

  @Test
  void tableThatStatesNothingTakesTheSessions() {
    Settings settings = QuerySettings.of(session(), Map.of("model", "e5-small-v2"));
    assertThat(settings.loading().model()).isEqualTo("e5-small-v2");
    assertThat(settings.vectors().maxTokens()).isEqualTo(7);
  }
}
