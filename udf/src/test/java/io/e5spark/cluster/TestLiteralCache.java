package io.e5spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.config.InputType;
import io.e5spark.embed.Embedding;
import io.e5spark.model.EmbeddingException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TestLiteralCache {
  private static final int LONGEST = 1_000;

  private int computed;

  @AfterEach
  void forget() {
    LiteralCache.clear();
  }

  private Embedding get(String recipe, InputType type, String text) {
    return LiteralCache.get(
        recipe,
        type,
        text,
        () -> {
          computed++;
          return Embedding.of(new float[] {computed}, 1, false);
        });
  }

  private Embedding get(String text) {
    return get("recipe", InputType.QUERY, text);
  }

  @Test
  void textIsEmbeddedOnce() {
    assertThat(get("text")).isSameAs(get("text"));
    assertThat(computed).isEqualTo(1);
  }

  @Test
  void recipeTypeAndTextDecide() {
    get("text");
    get("other");
    get("other recipe", InputType.QUERY, "text");
    get("recipe", InputType.PASSAGE, "text");
    assertThat(computed).isEqualTo(4);
  }

  @Test
  void longTextIsNotKept() {
    get("x".repeat(LONGEST));
    get("x".repeat(LONGEST));
    assertThat(computed).isEqualTo(1);
    get("x".repeat(LONGEST + 1));
    get("x".repeat(LONGEST + 1));
    assertThat(computed).isEqualTo(3);
  }

  @Test
  void errorIsNotKept() {
    Supplier<Embedding> failing = () -> Embedding.failed("device lost");
    Embedding failed = LiteralCache.get("recipe", InputType.QUERY, "text", failing);
    assertThat(failed.error()).isEqualTo("device lost");
    assertThat(get("text").error()).isNull();
  }

  @Test
  void exceptionIsThrownAndNothingKept() {
    Supplier<Embedding> failing =
        () -> {
          throw new EmbeddingException("device lost");
        };
    assertThatThrownBy(() -> LiteralCache.get("recipe", InputType.QUERY, "text", failing))
        .isInstanceOf(EmbeddingException.class);
    assertThat(get("text").error()).isNull();
  }

  @Test
  void clearedCacheKnowsNothing() {
    get("text");
    LiteralCache.clear();
    get("text");
    assertThat(computed).isEqualTo(2);
  }

  @Test
  void entriesAreLimited() {
    for (int i = 0; i < 3 * LONGEST; i++) {
      get("text " + i);
    }
    computed = 0;
    for (int i = 0; i < 3 * LONGEST; i++) {
      get("text " + i);
    }
    assertThat(computed).isGreaterThanOrEqualTo(2 * LONGEST);
  }
}
