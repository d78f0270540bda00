package io.e5spark.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TestOfflineLoading {
  private static final String FLAVOR = "RUST_FLAVOR";
  private static final String OFFLINE = "ai.djl.offline";
  private static final String TRACKING = "OPT_OUT_TRACKING";

  private final Map<String, String> before = new HashMap<>();

  private static void set(String name, String value) {
    if (value == null) {
      System.clearProperty(name);
    } else {
      System.setProperty(name, value);
    }
  }

  @BeforeEach
  void clear() {
    for (String name : List.of(FLAVOR, OFFLINE, TRACKING)) {
      before.put(name, System.clearProperty(name));
    }
  }

  @AfterEach
  void restore() {
    before.forEach(TestOfflineLoading::set);
  }

  @Test
  void libraryIsOfflineUntilTheEnd() {
    OfflineLoading loading = new OfflineLoading();
    assertThat(System.getProperty(FLAVOR)).isEqualTo("cpu");
    assertThat(System.getProperty(OFFLINE)).isEqualTo("true");
    assertThat(System.getProperty(TRACKING)).isEqualTo("true");
    loading.end();
    assertThat(System.getProperties()).doesNotContainKeys(FLAVOR, OFFLINE, TRACKING);
  }

  @Test
  void valuesOfTheProcessComeBack() {
    System.setProperty(FLAVOR, "cu124");
    System.setProperty(OFFLINE, "false");
    OfflineLoading loading = new OfflineLoading();
    assertThat(System.getProperty(FLAVOR)).isEqualTo("cpu");
    assertThat(System.getProperty(OFFLINE)).isEqualTo("true");
    loading.end();
    assertThat(System.getProperty(FLAVOR)).isEqualTo("cu124");
    assertThat(System.getProperty(OFFLINE)).isEqualTo("false");
    assertThat(System.getProperties()).doesNotContainKey(TRACKING);
  }
}
