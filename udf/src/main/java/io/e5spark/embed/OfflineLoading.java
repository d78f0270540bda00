package io.e5spark.embed;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * While one is open, the tokenizer library loads its own CPU code and neither downloads anything
 * nor reports its use. On a machine with a GPU it would otherwise download code, and fail without a
 * network.
 */
final class OfflineLoading {
  private static final Map<String, String> PROPERTIES =
      Map.of("RUST_FLAVOR", "cpu", "ai.djl.offline", "true", "OPT_OUT_TRACKING", "true");

  private final Map<String, @Nullable String> before = new HashMap<>();

  OfflineLoading() {
    PROPERTIES.forEach(this::set);
  }

  /** Begins, and sets further properties. */
  OfflineLoading(Map<String, String> further) {
    this();
    further.forEach(this::set);
  }

  private void set(String name, String value) {
    before.put(name, System.setProperty(name, value));
  }

  void end() {
    before.forEach(OfflineLoading::restore);
  }

  private static void restore(String name, @Nullable String value) {
    if (value == null) {
      System.clearProperty(name);
    } else {
      System.setProperty(name, value);
    }
  }
}
