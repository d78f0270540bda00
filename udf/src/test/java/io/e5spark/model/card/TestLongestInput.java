package io.e5spark.model.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestLongestInput {
  private static final Modules PLAIN = new Modules(List.of(), "", Optional.empty());
  private final TextFiles files = new TextFiles();

  private Optional<Stated<Integer>> read() throws IOException {
    return LongestInput.of(files, PLAIN);
  }

  @Test
  void nothingIsKnownWithoutFiles() throws IOException {
    assertThat(read()).isEmpty();
  }

  @Test
  void smallestLengthCounts() throws IOException {
    files.with("config.json", "{\"max_position_embeddings\":64}");
    assertThat(read()).contains(new Stated<>(64, "positions of config.json"));
    files.with("tokenizer_config.json", "{\"model_max_length\":48}");
    assertThat(read()).contains(new Stated<>(48, "model_max_length of tokenizer_config.json"));
    files.with("sentence_bert_config.json", "{\"max_seq_length\":32}");
    assertThat(read()).contains(new Stated<>(32, "max_seq_length of sentence_bert_config.json"));
    files.with("sentence_bert_config.json", "{\"max_seq_length\":512}");
    assertThat(read().orElseThrow().value()).isEqualTo(48);
  }

  @ParameterizedTest
  @CsvSource({
    "bert, 0, 514",
    "roberta, 1, 512",
    "xlm-roberta, 1, 512",
    "mpnet, 1, 512",
    "xlm-roberta, 5, 508"
  })
  void positionsBeforeTheFirstTokenAreTakenOff(String family, int padding, int longest)
      throws IOException {
    files.with(
        "config.json",
        "{\"model_type\":\"%s\",\"pad_token_id\":%d,\"max_position_embeddings\":514}"
            .formatted(family, padding));
    assertThat(read().orElseThrow().value()).isEqualTo(longest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1000000000000000019884624838656", "1e30", "1E+999", "null", "1000000000.0"})
  void hugeLengthsSayNothing(String length) throws IOException {
    files.with("tokenizer_config.json", "{\"model_max_length\":%s}".formatted(length));
    assertThat(read()).isEmpty();
  }

  @Test
  void wholeNumbersMayBeFractionsInJson() throws IOException {
    files.with("tokenizer_config.json", "{\"model_max_length\":256.0}");
    assertThat(read().orElseThrow().value()).isEqualTo(256);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1.5", "\"long\"", "[]", "true"})
  void lengthThatIsNoneIsRefused(String length) {
    files.with("tokenizer_config.json", "{\"model_max_length\":%s}".formatted(length));
    assertThatThrownBy(this::read)
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("its model_max_length is %s (must be a whole number from 1)", length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sentence_roberta_config.json", "sentence_xlm-roberta_config.json"})
  void oldModelsNameTheFileByTheirFamily(String file) throws IOException {
    files.with(file, "{\"max_seq_length\":128}");
    assertThat(read()).contains(new Stated<>(128, "max_seq_length of " + file));
  }

  @Test
  void filesAreThoseBesideTheEncoder() throws IOException {
    files.with("tokenizer_config.json", "{\"model_max_length\":16}");
    files.with("encoder/tokenizer_config.json", "{\"model_max_length\":32}");
    Modules modules = new Modules(List.of("Transformer"), "encoder/", Optional.empty());
    assertThat(LongestInput.of(files, modules).orElseThrow().value()).isEqualTo(32);
  }
}
