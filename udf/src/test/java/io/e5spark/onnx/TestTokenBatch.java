package io.e5spark.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.LongBuffer;
import org.junit.jupiter.api.Test;

class TestTokenBatch {
  private static long[] values(TokenBatch batch, String input) {
    LongBuffer buffer = batch.input(input);
    long[] values = new long[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  private static TokenBatch twoTexts() {
    TokenBatch batch = new TokenBatch(2, 0);
    batch.start(2, 3);
    batch.put(0, new int[] {7, 8, 9});
    batch.put(1, new int[] {5});
    return batch;
  }

  @Test
  void shorterTextIsPadded() {
    assertThat(values(twoTexts(), "input_ids")).containsExactly(7, 8, 9, 5, 0, 0);
    assertThat(values(twoTexts(), "attention_mask")).containsExactly(1, 1, 1, 1, 0, 0);
    assertThat(values(twoTexts(), "token_type_ids")).containsOnly(0).hasSize(6);
  }

  @Test
  void paddingIsTheModelsOwnToken() {
    TokenBatch batch = new TokenBatch(2, 1);
    batch.start(2, 3);
    batch.put(0, new int[] {7, 8, 9});
    batch.put(1, new int[] {5});
    assertThat(values(batch, "input_ids")).containsExactly(7, 8, 9, 5, 1, 1);
    TokenBatch last = batch.rows(1, 2);
    last.put(0, new int[] {6});
    assertThat(values(last, "input_ids")).containsExactly(6, 1, 1);
    assertThat(values(last, "attention_mask")).containsExactly(1, 0, 0);
  }

  @Test
  void memoryIsUsedAgainForASmallerBatch() {
    TokenBatch batch = twoTexts();
    batch.start(1, 2);
    batch.put(0, new int[] {4});
    assertThat(values(batch, "input_ids")).containsExactly(4, 0);
    assertThat(values(batch, "attention_mask")).containsExactly(1, 0);
    assertThat(batch.output().remaining()).isEqualTo(2);
  }

  @Test
  void rowsAreInTheSameMemory() {
    TokenBatch batch = twoTexts();
    TokenBatch last = batch.rows(1, 2);
    assertThat(values(last, "input_ids")).containsExactly(5, 0, 0);
    last.output().put(0, 1).put(1, -1);
    assertThat(batch.vector(1)).containsExactly(1, -1);
    assertThat(batch.vector(0)).containsExactly(0, 0);
  }

  @Test
  void unknownInputIsRefused() {
    assertThatThrownBy(() -> twoTexts().input("pixel_values"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid model input: pixel_values");
  }

  @Test
  void batchOfMoreThanABufferHoldsIsRefused() {
    TokenBatch batch = new TokenBatch(2, 0);
    assertThatThrownBy(() -> batch.start(1 << 16, 1 << 16)).isInstanceOf(ArithmeticException.class);
  }
}
