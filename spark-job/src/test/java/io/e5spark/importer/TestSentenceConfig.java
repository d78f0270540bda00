package io.e5spark.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.importer.checkpoint.Checkpoint;
import io.e5spark.importer.checkpoint.SyntheticCheckpoint;
import io.e5spark.model.Pooling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestSentenceConfig {
  private static final String LENGTH = "sentence_bert_config.json";

  @TempDir Path directory;

  @BeforeEach
  void setUp() throws IOException {
    new SyntheticCheckpoint(8, 1, 2, 40, 16, "F32", "").in(directory);
  }

  private SentenceConfig read() throws IOException {
    try (Checkpoint checkpoint = Checkpoint.open(directory)) {
      return SentenceConfig.of(checkpoint);
    }
  }

  private void write(String file, String json) throws IOException {
    Files.createDirectories(directory.resolve(file).getParent());
    Files.writeString(directory.resolve(file), json);
  }

  @Test
  void vectorsAreNormalizedAndLongUnlessSaidOtherwise() throws IOException {
    assertThat(read()).isEqualTo(new SentenceConfig(Pooling.MEAN, true, 16));
  }

  @Test
  void lengthIsNoMoreThanThePositions() throws IOException {
    write(LENGTH, "{\"max_seq_length\":12}");
    assertThat(read().maxTokens()).isEqualTo(12);
    write(LENGTH, "{\"max_seq_length\":512}");
    assertThat(read().maxTokens()).isEqualTo(16);
    write(LENGTH, "{\"max_seq_length\":null}");
    assertThat(read().maxTokens()).isEqualTo(16);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1.5", "1e99", "\"long\"", "[]", "99999999999"})
  void lengthThatIsNoneIsRefused(String length) throws IOException {
    write(LENGTH, "{\"max_seq_length\":%s}".formatted(length));
    assertThatThrownBy(this::read)
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("its max_seq_length is %s (must be a whole number from 1)".formatted(length));
  }

  @Test
  void modulesSayWhetherVectorsAreNormalized() throws IOException {
    String module = "{\"type\":\"sentence_transformers.models.%s\"}";
    write("modules.json", "[%s]".formatted(module.formatted("Pooling")));
    assertThat(read().normalize()).isFalse();
    write("modules.json", "[%s]".formatted(module.formatted("Normalize")));
    assertThat(read().normalize()).isTrue();
    write("modules.json", "[%s]".formatted(module.formatted("Dense")));
    assertThatThrownBy(this::read)
        .hasMessage("its modules.json has a Dense (must be of [Transformer, Pooling, Normalize])");
  }

  @Test
  void otherPoolingIsRefused() throws IOException {
    write("1_Pooling/config.json", "{\"pooling_mode_mean_tokens\":true}");
    assertThat(read().pooling()).isEqualTo(Pooling.MEAN);
    write("1_Pooling/config.json", "{\"pooling_mode_cls_token\":true}");
    assertThat(read().pooling()).isEqualTo(Pooling.CLS);
    write("1_Pooling/config.json", "{\"pooling_mode_max_tokens\":true}");
    assertThatThrownBy(this::read)
        .hasMessage(
            "its pooling is [pooling_mode_max_tokens] (must be pooling_mode_mean_tokens or pooling_mode_cls_token)");
  }
}
