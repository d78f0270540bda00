package io.e5spark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestGraphSignature {
  private static GraphSignature of(String... inputs) {
    return new GraphSignature(List.of(inputs), "last_hidden_state", false, 4);
  }

  @Test
  void tokenVectorsArePooledIntoAnOutputOfTheirOwn() {
    assertThat(of("input_ids", "attention_mask").pooledOutput()).isEqualTo("sentence_embedding");
    assertThat(
            new GraphSignature(List.of("input_ids", "attention_mask"), "vector", true, 4)
                .pooledOutput())
        .isEqualTo("vector");
  }

  @Test
  void otherInputsAreRefused() {
    assertThatThrownBy(() -> of("input_ids", "attention_mask", "pixel_values"))
        .hasMessageStartingWith("its input 'pixel_values' is not one of ");
    assertThatThrownBy(() -> of("input_ids", "token_type_ids"))
        .hasMessage(
            "it needs the inputs input_ids and attention_mask, found [input_ids, token_type_ids]");
  }
}
