package io.e5spark.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.config.Settings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestVectorRecipe {
  /** SHA-256 of the lines that tables were written with, computed outside of Java. */
  private static final String USUAL =
      "6695e9efda5e75b202882e193c1382c208eb0b054ec1ad12051f979087e23028";

  private static final String UNUSUAL =
      "1f0cbeb1d35a257a7dcc5644547c145d6d77029b65ab1d33a6f49d9b57918621";

  private static VectorRecipe recipe(Map<String, String> settings) {
    GraphSignature signature =
        new GraphSignature(List.of("input_ids", "attention_mask"), "out", false, 4);
    ModelIdentity model =
        new ModelIdentity("toy", "a".repeat(64), "b".repeat(64), 0, signature, ModelCard.E5);
    return new VectorRecipe(model, Settings.read(settings).vectors().atMost(512));
  }

  @Test
  void fingerprintsAreThoseOfTablesThatExist() {
    assertThat(recipe(Map.of()).fingerprint()).isEqualTo(USUAL);
    assertThat(recipe(Map.of("truncate", "fail")).fingerprint()).isEqualTo(USUAL);
    Map<String, String> unusual =
        Map.of("normalize", "false", "prefix", "off", "max-tokens", "64", "truncate", "window");
    assertThat(recipe(unusual).fingerprint()).isEqualTo(UNUSUAL);
  }

  @Test
  void fingerprintsAreTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      for (String locale : List.of("ar-EG", "tr-TR", "de-DE", "fa-IR", "ne-NP")) {
        Locale.setDefault(Locale.forLanguageTag(locale));
        assertThat(recipe(Map.of()).fingerprint()).as(locale).isEqualTo(USUAL);
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void propertiesAreWhatDecidesAVector() {
    assertThat(recipe(Map.of()).properties())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("max-tokens", "512", "truncate", "cut", "normalize", "true", "prefix", "true"))
        .containsOnlyKeys(VectorRecipe.propertyKeys());
  }
}
