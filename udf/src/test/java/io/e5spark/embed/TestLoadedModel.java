package io.e5spark.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.config.Device;
import io.e5spark.model.EmbeddingException;
import io.e5spark.onnx.ScriptedSession;
import io.e5spark.onnx.TokenBatch;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TestLoadedModel {
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final ScriptedSession session =
      ScriptedSession.in((texts, tokens) -> calls.add(texts + "x" + tokens));

  private LoadedModel dedicated() {
    return new LoadedModel(session.encoder(() -> session));
  }

  private LoadedModel shared() {
    return new LoadedModel(ScriptedSession.sharedEncoder(session));
  }

  @Test
  void encoderSaysWhereItRuns() {
    try (LoadedModel model = shared()) {
      assertThat(model.dimension()).isEqualTo(ScriptedSession.DIMENSION);
      assertThat(model.device()).isEqualTo(Device.CPU);
      assertThat(model.maxBatchTokens()).isEqualTo(Integer.MAX_VALUE);
    }
  }

  @Test
  void encoderOfOneThreadGetsAThreadOfItsOwn() {
    try (LoadedModel model = dedicated()) {
      model.warmUp(new TokenBudget(64, 1, 64, 24));
      assertThat(session.threads).hasSize(1).doesNotContain(Thread.currentThread());
    }
  }

  @Test
  void sharedEncoderIsCalledByItsCallers() {
    try (LoadedModel model = shared()) {
      model.warmUp(new TokenBudget(64, 1, 64, 24));
      assertThat(session.threads).containsExactly(Thread.currentThread());
    }
  }

  @Test
  void warmUpRunsTheLargestBatch() {
    try (LoadedModel model = shared()) {
      model.warmUp(new TokenBudget(1_000, 1, 100, 24));
      model.warmUp(new TokenBudget(1_099, 16, 100, 24));
    }
    assertThat(calls).containsExactly("10x100", "10x100");
  }

  @Test
  void warmUpRunsOneTextWhereTheBudgetHoldsNone() {
    try (LoadedModel model = shared()) {
      model.warmUp(new TokenBudget(50, 1, 100, 24));
    }
    assertThat(calls).containsExactly("1x100");
  }

  @Test
  void failedWarmUpIsTheCallersToHandle() {
    ScriptedSession failing =
        ScriptedSession.in(
            (texts, tokens) -> {
              throw new EmbeddingException("Cannot embed");
            });
    try (LoadedModel model = new LoadedModel(failing.encoder(() -> failing))) {
      assertThatThrownBy(() -> model.warmUp(new TokenBudget(8, 1, 8, 24)))
          .isInstanceOf(EmbeddingException.class)
          .hasMessage("Cannot embed");
    }
  }

  @Test
  void memoryThatIsGivenBackIsLentAgain() {
    try (LoadedModel model = shared()) {
      TokenBatch first = model.borrow();
      TokenBatch second = model.borrow();
      assertThat(second).isNotSameAs(first);
      model.giveBack(second);
      model.giveBack(first);
      assertThat(model.borrow()).isSameAs(second);
      assertThat(model.borrow()).isSameAs(first);
    }
  }

  @Test
  void sessionIsClosedWithTheModel() {
    dedicated().close();
    assertThat(session.closed).isTrue();
  }
}
