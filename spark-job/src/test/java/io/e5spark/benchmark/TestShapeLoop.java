package io.e5spark.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.embed.E5Embedder;
import io.e5spark.embed.ScriptedEmbedder;
import io.e5spark.onnx.ScriptedSession;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestShapeLoop {
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final ScriptedSession session =
      ScriptedSession.in((texts, tokens) -> calls.add(texts + "x" + tokens));

  @ParameterizedTest
  @CsvSource({"1, 16", "16, 16", "8, 512", "3, 5"})
  void everyCallHasTheShape(int texts, int tokens) {
    try (E5Embedder embedder = ScriptedEmbedder.over(session, Map.of())) {
      ShapeLoop loop = new ShapeLoop(embedder, texts, tokens);
      assertThat(calls).isEmpty();
      loop.run(3);
    }
    assertThat(calls).hasSize(3).containsOnly(texts + "x" + tokens);
  }

  @Test
  void tokenBudgetOfTheSettingsDoesNotCutTheBatch() {
    try (E5Embedder embedder = ScriptedEmbedder.over(session, Map.of("max-batch-tokens", "8"))) {
      new ShapeLoop(embedder, 4, 16).run(1);
    }
    assertThat(calls).containsExactly("4x16");
  }

  @Test
  void callsAreMadeOnTheCallersThread() {
    try (E5Embedder embedder = ScriptedEmbedder.over(session, Map.of())) {
      ShapeLoop loop = new ShapeLoop(embedder, 1, 16);
      loop.run(0);
      assertThat(session.threads).isEmpty();
      loop.run(1);
      assertThat(session.threads).containsExactly(Thread.currentThread());
    }
  }
}
