package io.e5spark.model.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestModules {
  private static final String OLD = "sentence_transformers.models.";
  private final TextFiles files = new TextFiles();

  private static String module(String type, String path) {
    return "{\"idx\":0,\"name\":\"0\",\"path\":\"%s\",\"type\":\"%s\"}".formatted(path, type);
  }

  private Modules read(String... modules) throws IOException {
    return Modules.of(files.with(Modules.FILE, "[" + String.join(",", modules) + "]"));
  }

  private void served(Modules modules) throws IOException {
    modules.requireServed(files);
  }

  @Test
  void withoutTheFileThePoolingIsWhereItUsuallyIs() throws IOException {
    assertThat(Modules.of(files).pooling()).isEmpty();
    assertThat(Modules.of(files).normalize()).isTrue();
    files.with("1_Pooling/config.json", "{}");
    assertThat(Modules.of(files).pooling()).contains("1_Pooling/config.json");
    assertThat(Modules.of(files).encoder()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "sentence_transformers.models.Transformer, sentence_transformers.models.Pooling",
    "sentence_transformers.models.Transformer.Transformer, sentence_transformers.models.Pooling.Pooling",
    "sentence_transformers.base.modules.transformer.Transformer, sentence_transformers.sentence_transformer.modules.pooling.Pooling",
  })
  void directoriesAreThoseThatAreNamed(String transformer, String pooling) throws IOException {
    files.with("1_Pooling/config.json", "{}");
    Modules modules = read(module(transformer, "0_Transformer"), module(pooling, "my/pooling/"));
    assertThat(modules.encoder()).isEqualTo("0_Transformer/");
    assertThat(modules.pooling()).contains("my/pooling/config.json");
    assertThat(modules.normalize()).isFalse();
  }

  @Test
  void directoryThatIsNamedAndMissingIsRefused() throws IOException {
    Modules modules =
        read(
            module(OLD + "Transformer", "encoder"),
            module(OLD + "Pooling", "2_Pooling"),
            module(OLD + "Normalize", "3_Normalize"));
    assertThatThrownBy(() -> served(modules))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "its modules.json names the directory encoder, but there is no encoder/config.json");
    files.with("encoder/config.json", "{}").with("1_Pooling/config.json", "{}");
    assertThatThrownBy(() -> served(modules))
        .hasMessage(
            "its modules.json names the directory 2_Pooling, but there is no 2_Pooling/config.json");
    files.with("2_Pooling/config.json", "{}");
    assertThatCode(() -> served(modules)).doesNotThrowAnyException();
    assertThat(modules.normalize()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Dense", "LayerNorm", "WordEmbeddings", "StaticEmbedding"})
  void unknownModulesAreRefusedByName(String kind) throws IOException {
    Modules modules =
        read(
            module(OLD + "Transformer", ""),
            module(OLD + "Pooling", "1_Pooling"),
            module(OLD + kind, "2_Other"));
    assertThatThrownBy(() -> served(modules))
        .hasMessage(
            "its modules.json has a %s (must be of [Transformer, Pooling, Normalize])", kind);
  }

  @Test
  void otherOrdersAreRefused() throws IOException {
    Modules unpooled = read(module(OLD + "Transformer", ""));
    assertThatThrownBy(() -> served(unpooled))
        .hasMessage(
            "its modules.json lists [Transformer] (must be [Transformer, Pooling] or [Transformer, Pooling, Normalize])");
    Modules twice =
        read(
            module(OLD + "Transformer", ""),
            module(OLD + "Pooling", "1_Pooling"),
            module(OLD + "Pooling", "2_Pooling"));
    assertThatThrownBy(() -> served(twice)).hasMessageContaining("[Transformer, Pooling, Pooling]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../other", "/etc", "a/../../b", "a//b", "a b"})
  void directoriesOutsideAreRefused(String path) {
    assertThatThrownBy(() -> read(module(OLD + "Pooling", path)))
        .hasMessage("its modules.json names the directory '%s' (must be one below)", path);
  }

  @Test
  void brokenListsAreRefused() {
    assertThatThrownBy(() -> Modules.of(files.with(Modules.FILE, "{}")))
        .hasMessage("its modules.json is not a list");
    assertThatThrownBy(() -> read("{\"path\":\"\"}")).hasMessageContaining("a module without type");
    assertThatThrownBy(() -> read("7")).hasMessageContaining("a module without type: 7");
    assertThatThrownBy(() -> read("{\"type\":\"models.Pooling\"}"))
        .hasMessage("its modules.json has a Pooling without path");
  }
}
