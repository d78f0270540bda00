package io.e5spark.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.e5spark.model.EmbeddingException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each failure of a device, made on purpose. */
class TestRecoveringSession {
  private static final String NO_MEMORY =
      "Failed to allocate memory for requested buffer of size 25165824";
  private static final String ILLEGAL =
      "CUDA failure 700: an illegal memory access was encountered ; GPU=0";

  private final List<String> calls = new ArrayList<>();
  private final List<String> losses = new ArrayList<>();
  private final List<ScriptedSession> opened = new ArrayList<>();

  private RecoveringSession mending(ScriptedSession.Event event, ScriptedSession.Event afterwards) {
    ScriptedSession first = new ScriptedSession(event, calls);
    return new RecoveringSession(
        first,
        () -> {
          calls.add("open");
          opened.add(new ScriptedSession(afterwards, calls));
          return opened.get(opened.size() - 1);
        },
        (why, cause) -> losses.add(why));
  }

  private static ScriptedSession.Event memoryFor(int tokens) {
    return (texts, length) -> {
      if (texts * length > tokens) {
        throw new EmbeddingException(NO_MEMORY);
      }
    };
  }

  private static ScriptedSession.Event always(String message) {
    return (texts, length) -> {
      throw new EmbeddingException(message);
    };
  }

  private static TokenBatch batch(int texts, int tokens) {
    TokenBatch batch = new TokenBatch(ScriptedSession.DIMENSION);
    batch.start(texts, tokens);
    for (int row = 0; row < texts; row++) {
      batch.put(row, new int[] {row});
    }
    return batch;
  }

  private static void hasItsVectors(TokenBatch batch) {
    for (int row = 0; row < batch.texts(); row++) {
      assertThat(batch.vector(row))
          .containsExactly(new float[] {(float) Math.cos(row), (float) Math.sin(row)}, within(0f));
    }
  }

  @Test
  void batchThatDoesNotFitIsHalvedUntilItDoes() {
    RecoveringSession session = mending(memoryFor(100), memoryFor(100));
    TokenBatch batch = batch(13, 30);
    session.run(batch);
    hasItsVectors(batch);
    assertThat(calls)
        .startsWith("13x30", "7x30 shrink", "4x30 shrink", "2x30 shrink", "2x30", "3x30", "6x30");
    assertThat(session.maxTokens()).isEqualTo(60);
  }

  @Test
  void laterBatchesAreNoLargerThanWhatFitted() {
    RecoveringSession session = mending(memoryFor(100), memoryFor(100));
    session.run(batch(4, 30));
    calls.clear();
    TokenBatch batch = batch(5, 20);
    session.run(batch);
    hasItsVectors(batch);
    assertThat(calls).containsExactly("3x20", "2x20");
  }

  @Test
  void oneTextWithoutMemoryGetsANewSessionOnce() {
    RecoveringSession session = mending(memoryFor(50), memoryFor(1_000));
    TokenBatch batch = batch(1, 60);
    session.run(batch);
    hasItsVectors(batch);
    assertThat(calls).containsExactly("1x60", "close", "open", "1x60");
  }

  @Test
  void oneTextWithoutMemoryInANewSessionFailsWithTheNumbers() {
    RecoveringSession session = mending(memoryFor(50), memoryFor(50));
    assertThatThrownBy(() -> session.run(batch(1, 60)))
        .isInstanceOf(EmbeddingException.class)
        .hasMessage(
            "Cannot embed one text of 60 tokens: no device memory, also in a new session (%s)"
                .formatted(NO_MEMORY))
        .hasCauseInstanceOf(EmbeddingException.class);
    assertThat(calls).containsExactly("1x60", "close", "open", "1x60");
    session.run(batch(1, 40));
    assertThatThrownBy(() -> session.run(batch(1, 60))).hasMessageContaining("60 tokens");
    assertThat(calls).containsOnlyOnce("open");
    session.close();
    assertThat(opened.get(0).closed).isTrue();
  }

  @Test
  void lostDeviceEndsTheProcess() {
    RecoveringSession session = mending(always(ILLEGAL), always(ILLEGAL));
    assertThatThrownBy(() -> session.run(batch(2, 3))).isInstanceOf(EmbeddingException.class);
    assertThat(losses).containsExactly(ILLEGAL);
    assertThat(calls).containsExactly("2x3");
  }

  @Test
  void deviceThatIsLostInANewSessionEndsTheProcessToo() {
    RecoveringSession session = mending(always(NO_MEMORY), always(ILLEGAL));
    assertThatThrownBy(() -> session.run(batch(1, 3))).isInstanceOf(EmbeddingException.class);
    assertThat(losses).containsExactly(ILLEGAL);
  }

  @Test
  void modelThatCannotBeOpenedAgainEndsTheProcess() {
    RecoveringSession session =
        new RecoveringSession(
            new ScriptedSession(always(NO_MEMORY), calls),
            () -> {
              throw new EmbeddingException("no device");
            },
            (why, cause) -> losses.add(why));
    assertThatThrownBy(() -> session.run(batch(1, 3))).isInstanceOf(EmbeddingException.class);
    assertThat(losses).containsExactly("Cannot open the model again: no device");
  }

  @Test
  void anythingElseFailsTheCallAlone() {
    RecoveringSession session = mending(always("Gather: index out of bounds"), memoryFor(1));
    assertThatThrownBy(() -> session.run(batch(2, 3))).hasMessage("Gather: index out of bounds");
    assertThat(calls).containsExactly("2x3");
    assertThat(losses).isEmpty();
  }

  @Test
  void failuresAreToldByTheirMessages() {
    for (String message :
        List.of(
            NO_MEMORY,
            "Available memory of 1024 is smaller than requested bytes of 4096",
            "CUDA failure 2: out of memory ; GPU=0",
            "CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED")) {
      assertThat(DeviceFailure.of(new EmbeddingException(message)))
          .as(message)
          .isEqualTo(DeviceFailure.OUT_OF_MEMORY);
    }
    for (String message :
        List.of(
            ILLEGAL,
            "CUDA error 716: misaligned address",
            "CUDA failure 719: unspecified launch failure",
            "CUDA error cudaErrorIllegalAddress:an illegal memory access was encountered")) {
      assertThat(DeviceFailure.of(new EmbeddingException(message)))
          .as(message)
          .isEqualTo(DeviceFailure.LOST);
    }
    assertThat(DeviceFailure.of(new EmbeddingException("CUDA failure 1: invalid argument")))
        .isEqualTo(DeviceFailure.OTHER);
  }
}
