package io.e5spark.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.e5spark.model.EmbeddingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Tests each failure of a device, which a scripted session causes. */
class TestRecoveringSession {
  private static final String NO_MEMORY =
      "Failed to allocate memory for requested buffer of size 25165824";
  private static final String ILLEGAL =
      "CUDA failure 700: an illegal memory access was encountered ; GPU=0";

  private final List<String> calls = new ArrayList<>();
  private final List<String> losses = new ArrayList<>();
  private final List<ScriptedSession> opened = new ArrayList<>();

  private RecoveringSession recovering(
      ScriptedSession.Event event, ScriptedSession.Event afterwards) {
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
    TokenBatch batch = new TokenBatch(ScriptedSession.DIMENSION, 0);
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
    RecoveringSession session = recovering(memoryFor(100), memoryFor(100));
    TokenBatch batch = batch(13, 30);
    session.run(batch);
    hasItsVectors(batch);
    assertThat(calls)
        .startsWith("13x30", "7x30 shrink", "4x30 shrink", "2x30 shrink", "2x30", "3x30", "6x30");
    assertThat(session.maxTokens()).isEqualTo(60);
  }

  @Test
  void laterBatchesAreNoLargerThanWhatFitted() {
    RecoveringSession session = recovering(memoryFor(100), memoryFor(100));
    session.run(batch(4, 30));
    calls.clear();
    TokenBatch batch = batch(5, 20);
    session.run(batch);
    hasItsVectors(batch);
    assertThat(calls).containsExactly("3x20", "2x20");
  }

  @Test
  void oneTextWithoutMemoryGetsANewSessionOnce() {
    RecoveringSession session = recovering(memoryFor(50), memoryFor(1_000));
    TokenBatch batch = batch(1, 60);
    session.run(batch);
    hasItsVectors(batch);
    assertThat(calls).containsExactly("1x60", "close", "open", "1x60");
  }

  @Test
  void oneTextWithoutMemoryInANewSessionFailsWithTheNumbers() {
    RecoveringSession session = recovering(memoryFor(50), memoryFor(50));
    assertThatThrownBy(() -> session.run(batch(1, 60)))
        .isInstanceOf(EmbeddingException.class)
        .hasMessage(
            "Cannot embed one text of 60 tokens: no device memory, even in a new session (%s)"
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
  void partsThatFollowANewSessionRunInIt() {
    RecoveringSession session = recovering(memoryFor(50), memoryFor(1_000));
    session.run(batch(2, 30));
    calls.clear();
    TokenBatch batch = batch(3, 60);
    session.run(batch);
    hasItsVectors(batch);
    assertThat(calls).containsExactly("1x60", "close", "open", "1x60", "1x60", "1x60");
  }

  @Test
  void lostDeviceFailsEveryLaterCall() {
    ScriptedSession first = new ScriptedSession(always(ILLEGAL), calls);
    RecoveringSession session = failing(first, () -> first);
    assertThatThrownBy(() -> session.run(batch(2, 3)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Cannot embed: this process has lost its device and must be restarted (%s)"
                .formatted(ILLEGAL))
        .hasRootCauseMessage(ILLEGAL);
    failsAsLost(session);
    assertThat(calls).containsExactly("2x3");
    session.close();
    assertThat(first.closed).isTrue();
  }

  @Test
  void modelThatCannotBeReadAgainFailsEveryLaterCall() {
    ScriptedSession first = new ScriptedSession(always(NO_MEMORY), calls);
    RecoveringSession session =
        failing(
            first,
            () -> {
              throw new UncheckedIOException(new IOException("the disk is full"));
            });
    assertThatThrownBy(() -> session.run(batch(1, 3)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Cannot open the model again: ")
        .hasRootCauseMessage("the disk is full");
    failsAsLost(session);
    session.close();
    assertThat(calls).containsExactly("1x3", "close");
  }

  @Test
  void sessionThatCannotBeClosedIsNotRunAgain() {
    ScriptedSession first = new ScriptedSession(always(NO_MEMORY), calls);
    first.closing =
        () -> {
          throw new EmbeddingException("Cannot close the model: it is stuck");
        };
    RecoveringSession session = failing(first, () -> first);
    assertThatThrownBy(() -> session.run(batch(1, 3)))
        .hasMessageContaining("Cannot close the model: it is stuck");
    failsAsLost(session);
    assertThat(calls).containsExactly("1x3", "close");
  }

  @Test
  void errorWhileOpeningLeavesNoClosedSessionBehind() {
    ScriptedSession first = new ScriptedSession(always(NO_MEMORY), calls);
    RecoveringSession session =
        failing(
            first,
            () -> {
              throw new UnsatisfiedLinkError("libonnxruntime.so");
            });
    assertThatThrownBy(() -> session.run(batch(1, 3))).isInstanceOf(UnsatisfiedLinkError.class);
    failsAsLost(session);
  }

  private static RecoveringSession failing(ModelSession first, Supplier<ModelSession> opening) {
    return new RecoveringSession(first, opening, DeviceLoss.FAIL_CALL);
  }

  private static void failsAsLost(RecoveringSession session) {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> session.run(batch(1, 3)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "Cannot embed: an earlier call lost the device of this process, which must be restarted");
    }
  }

  @Test
  void lostDeviceIsReportedOnce() {
    RecoveringSession session = recovering(always(ILLEGAL), always(ILLEGAL));
    assertThatThrownBy(() -> session.run(batch(2, 3))).isInstanceOf(EmbeddingException.class);
    failsAsLost(session);
    assertThat(losses).containsExactly(ILLEGAL);
    assertThat(calls).containsExactly("2x3");
  }

  @Test
  void deviceThatIsLostInANewSessionIsReportedToo() {
    RecoveringSession session = recovering(always(NO_MEMORY), always(ILLEGAL));
    assertThatThrownBy(() -> session.run(batch(1, 3))).isInstanceOf(EmbeddingException.class);
    assertThat(losses).containsExactly(ILLEGAL);
  }

  @Test
  void modelThatCannotBeOpenedAgainIsALostDevice() {
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
    RecoveringSession session = recovering(always("Gather: index out of bounds"), memoryFor(1));
    assertThatThrownBy(() -> session.run(batch(2, 3))).hasMessage("Gather: index out of bounds");
    assertThat(calls).containsExactly("2x3");
    assertThat(losses).isEmpty();
  }
}
