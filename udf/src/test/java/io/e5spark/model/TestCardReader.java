package io.e5spark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.model.card.Stated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestCardReader {
  @TempDir Path home;
  private Path directory;

  @BeforeEach
  void setUp() throws IOException {
    directory = Files.createDirectory(home.resolve("mine"));
  }

  private void write(String name, String json) throws IOException {
    Files.createDirectories(directory.resolve(name).getParent());
    Files.writeString(directory.resolve(name), json);
  }

  private CardReader read() throws IOException {
    return CardReader.of(ModelDirectory.at(directory));
  }

  @Test
  void modelThatSaysNothingHasTheMeanAndNoPrompts() throws IOException {
    assertThat(read().pooling()).isEqualTo(new Stated<>(Pooling.MEAN, "the default"));
    assertThat(read().prompts()).isEmpty();
    assertThat(read().longestInput()).isEqualTo(new Stated<>(512, "the default"));
  }

  @Test
  void publishedModelIsKnownByItsName() throws IOException {
    directory = Files.createDirectory(home.resolve("all-MiniLM-L6-v2"));
    assertThat(read().prompts())
        .contains(new Stated<>(Prompts.NONE, "the published all-MiniLM-L6-v2"));
    assertThat(read().longestInput().value()).isEqualTo(256);
    directory = Files.createDirectory(home.resolve("bge-small-en-v1.5"));
    assertThat(read().pooling().value()).isEqualTo(Pooling.CLS);
  }

  @Test
  void filesCountMoreThanTheName() throws IOException {
    directory = Files.createDirectory(home.resolve("bge-small-en-v1.5"));
    write("1_Pooling/config.json", "{\"pooling_mode\":\"mean\"}");
    write("config_sentence_transformers.json", "{\"prompts\":{\"query\":\"q: \"}}");
    write("tokenizer_config.json", "{\"model_max_length\":128}");
    assertThat(read().pooling()).isEqualTo(new Stated<>(Pooling.MEAN, "1_Pooling/config.json"));
    assertThat(read().prompts().orElseThrow().value()).isEqualTo(new Prompts("q: ", ""));
    assertThat(read().longestInput().value()).isEqualTo(128);
  }

  @Test
  void emptyPromptsOfAPublishedModelAreItsOwn() throws IOException {
    directory = Files.createDirectory(home.resolve("e5-base-v2"));
    write("config_sentence_transformers.json", "{\"prompts\":{\"query\":\"\",\"document\":\"\"}}");
    assertThat(read().prompts().orElseThrow().value()).isEqualTo(Prompts.E5);
  }

  @Test
  void longestInputIsNoMoreThanAnyModelIsGiven() throws IOException {
    write("config.json", "{\"model_type\":\"xlm-roberta\",\"max_position_embeddings\":8194}");
    assertThat(read().longestInput()).isEqualTo(new Stated<>(512, "the limit of e5-spark"));
    assertThat(read().stated()).contains(new Stated<>(8192, "positions of config.json"));
  }

  @Test
  void poolingThatIsNotServedIsRefusedByName() throws IOException {
    write("1_Pooling/config.json", "{\"pooling_mode\":[\"mean\",\"lasttoken\"]}");
    assertThatThrownBy(() -> read().pooling())
        .hasMessage("its pooling is mean and lasttoken (must be mean or cls)");
  }

  @Test
  void promptsThatAreNotPooledAreRefusedUnlessThereAreNone() throws IOException {
    write("1_Pooling/config.json", "{\"pooling_mode\":\"mean\",\"include_prompt\":false}");
    read().requirePooled(Prompts.NONE);
    assertThatThrownBy(() -> read().requirePooled(Prompts.E5))
        .hasMessageContaining("leaves prompts out of the pooling: include_prompt is false");
  }

  @Test
  void filesAreAllThatAreRead() throws IOException {
    write(
        "modules.json",
        "[{\"type\":\"m.Transformer\",\"path\":\"e\"},{\"type\":\"m.Pooling\",\"path\":\"p\"}]");
    write("e/config.json", "{}");
    write("e/tokenizer_config.json", "{}");
    write("e/sentence_roberta_config.json", "{}");
    write("p/config.json", "{}");
    write("config.json", "{}");
    assertThat(CardReader.files(ModelDirectory.at(directory)))
        .containsExactly(
            "modules.json",
            "e/config.json",
            "e/tokenizer_config.json",
            "e/sentence_roberta_config.json",
            "p/config.json");
    write(ModelManifest.FILE, "{}");
    assertThat(CardReader.files(ModelDirectory.at(directory))).containsExactly(ModelManifest.FILE);
  }
}
