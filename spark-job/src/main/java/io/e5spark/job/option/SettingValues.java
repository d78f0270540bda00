package io.e5spark.job.option;

import io.e5spark.config.OnError;
import io.e5spark.config.Truncation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Values that settings take, for completion in shells. */
public final class SettingValues {
  private SettingValues() {}

  private static List<String> names(Enum<?>[] constants) {
    return Arrays.stream(constants).map(one -> one.name().toLowerCase(Locale.ROOT)).toList();
  }

  /** Values of {@code on-error}. */
  public static final class OnErrors extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    OnErrors() {
      super(names(OnError.values()));
    }
  }

  /** Values of {@code truncate}. */
  public static final class Truncations extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Truncations() {
      super(names(Truncation.values()));
    }
  }
}
