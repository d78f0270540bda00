package io.e5spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.config.Settings;
import io.e5spark.model.BuiltInModel;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestModelLocation {
  @Test
  void nameOfTheBuiltInModelNeedsNoFileSystem() {
    Settings settings = Settings.read(Map.of("model", "e5-small-v2"));
    assertThat(ModelLocation.named(settings)).isSameAs(BuiltInModel.E5_SMALL_V2);
    assertThat(ModelLocation.at("e5-small-v2", settings)).isSameAs(BuiltInModel.E5_SMALL_V2);
  }
}
