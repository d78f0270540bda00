package io.e5spark.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.config.InputType;
import io.e5spark.config.Settings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestVectorRecipe {
  /**
   * The SHA-256 of the lines that existing tables were written with. It was computed outside of
   * Java.
   */
  private static final String USUAL =
      "6695e9efda5e75b202882e193c1382c208eb0b054ec1ad12051f979087e23028";

  private static final String UNUSUAL =
      "1f0cbeb1d35a257a7dcc5644547c145d6d77029b65ab1d33a6f49d9b57918621";

  private static final Prompts INSTRUCT = new Prompts("Instruct: {task}\nQuery: ", "");

  private static VectorRecipe recipe(Map<String, String> settings) {
    return recipe(Prompts.E5, settings);
  }

  private static VectorRecipe recipe(Prompts prompts, Map<String, String> settings) {
    GraphSignature signature =
        new GraphSignature(List.of("input_ids", "attention_mask"), "out", false, 4);
    ModelCard card = new ModelCard(Pooling.MEAN, prompts, 512);
    ModelIdentity model =
        new ModelIdentity("toy", "a".repeat(64), "b".repeat(64), 0, signature, card);
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
  void otherPromptsHaveOtherFingerprints() {
    List<Prompts> prompts =
        List.of(
            Prompts.E5,
            Prompts.NONE,
            new Prompts("query: ", ""),
            new Prompts("", "query: "),
            new Prompts("query: passage: ", ""),
            INSTRUCT);
    assertThat(prompts.stream().map(one -> recipe(one, Map.of()).fingerprint()).distinct())
        .hasSameSizeAs(prompts);
  }

  @Test
  void modelWithoutPromptsIsAsOneWithoutPrefix() {
    VectorRecipe off = recipe(Map.of("prefix", "off"));
    assertThat(recipe(Prompts.NONE, Map.of()).fingerprint()).isEqualTo(off.fingerprint());
    assertThat(recipe(INSTRUCT, Map.of("prefix", "off")).fingerprint())
        .isEqualTo(off.fingerprint());
    assertThat(off.prompts()).isEqualTo(Prompts.NONE);
    assertThat(off.promptsForTask()).isEqualTo(Prompts.NONE);
  }

  @Test
  void taskIsInThePromptButNotInTheFingerprint() {
    VectorRecipe sorting = recipe(INSTRUCT, Map.of("task", "Sort"));
    assertThat(sorting.prompts()).isEqualTo(INSTRUCT);
    assertThat(sorting.promptsForTask()).isEqualTo(new Prompts("Instruct: Sort\nQuery: ", ""));
    assertThat(sorting.fingerprint())
        .isEqualTo(recipe(INSTRUCT, Map.of("task", "Find")).fingerprint());
  }

  @Test
  void productsInBfloat16MakeOtherVectors() {
    VectorRecipe other = recipe(Map.of("arm64-bfloat16", "true"));
    assertThat(other.fingerprint()).isNotEqualTo(USUAL);
    assertThat(other.properties(InputType.QUERY)).containsEntry("arm64-bfloat16", "true");
    assertThat(recipe(Map.of("arm64-bfloat16", "false")).fingerprint()).isEqualTo(USUAL);
  }

  @Test
  void propertiesAreWhatDecidesAVector() {
    Map<String, String> usual =
        Map.of("max-tokens", "512", "truncate", "cut", "normalize", "true", "prefix", "true");
    assertThat(recipe(Map.of()).properties(InputType.QUERY)).isEqualTo(usual);
    VectorRecipe sorting = recipe(INSTRUCT, Map.of("task", "Sort"));
    assertThat(sorting.properties(InputType.PASSAGE)).isEqualTo(usual);
    assertThat(sorting.properties(InputType.QUERY))
        .containsEntry("task", "Sort")
        .containsAllEntriesOf(usual);
    Map<String, String> every = Map.of("task", "Sort", "arm64-bfloat16", "true");
    assertThat(recipe(INSTRUCT, every).properties(InputType.QUERY))
        .containsOnlyKeys(VectorRecipe.propertyKeys());
  }
}
