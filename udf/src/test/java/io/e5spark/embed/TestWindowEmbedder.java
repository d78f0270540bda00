package io.e5spark.embed;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.config.InputType;
import io.e5spark.config.OnError;
import io.e5spark.model.Prompts;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestWindowEmbedder {
  private final RecordingEmbedder embedder = new RecordingEmbedder();
  private final Map<Counter, Long> counts = new EnumMap<>(Counter.class);

  private WindowEmbedder window(boolean deduplicate) {
    return new WindowEmbedder(
        embedder,
        InputType.PASSAGE,
        Prompts.E5,
        OnError.NULL,
        deduplicate,
        (counter, amount) -> counts.merge(counter, amount, Long::sum));
  }

  private List<Embedding> embed(String... texts) {
    return window(true).embed(Arrays.asList(texts), texts.length);
  }

  @Test
  void textsKeepTheirOrder() {
    assertThat(embed("ccc", "a", "bb")).extracting(Embedding::tokens).containsExactly(3, 1, 2);
  }

  @Test
  void nullStaysNullAmongTexts() {
    List<Embedding> embeddings = embed(null, "a", null, "bb");
    assertThat(embeddings.get(0)).isNull();
    assertThat(embeddings.get(1).tokens()).isEqualTo(1);
    assertThat(embeddings.get(2)).isNull();
    assertThat(embeddings.get(3).tokens()).isEqualTo(2);
    assertThat(embedder.calls).containsExactly(List.of("a", "bb"));
    assertThat(counts).containsEntry(Counter.NULLS, 2L).containsEntry(Counter.DUPLICATES, 0L);
  }

  @Test
  void equalTextsShareOneEmbedding() {
    List<Embedding> embeddings = embed("a", "bb", "a");
    assertThat(embeddings.get(2)).isSameAs(embeddings.get(0));
    assertThat(embedder.calls).containsExactly(List.of("a", "bb"));
    assertThat(counts).containsEntry(Counter.DUPLICATES, 1L);
  }

  @Test
  void equalTextsAreEmbeddedEachWhereThatIsWanted() {
    List<Embedding> embeddings = window(false).embed(List.of("a", "bb", "a"), 3);
    assertThat(embeddings).extracting(Embedding::tokens).containsExactly(1, 2, 1);
    assertThat(embedder.calls).containsExactly(List.of("a", "bb", "a"));
    assertThat(counts).containsEntry(Counter.DUPLICATES, 0L);
  }

  @Test
  void textsThatDifferInCaseOrSpaceAreNotEqual() {
    embed("a", "A", "a ", "");
    assertThat(embedder.calls).containsExactly(List.of("a", "A", "a ", ""));
  }

  @Test
  void windowWithoutTextsReachesNoModel() {
    assertThat(embed()).isEmpty();
    assertThat(window(true).embed(Collections.singletonList(null), 1)).containsOnlyNulls();
    assertThat(embedder.calls).isEmpty();
  }

  @Test
  void rowsAreCountedApartFromTheirTexts() {
    window(true).embed(Arrays.asList("a", "b", null, "c"), 2);
    assertThat(counts).containsEntry(Counter.ROWS, 2L).containsEntry(Counter.NULLS, 1L);
  }

  @Test
  void eachRowOfADuplicateCountsAsPrefixedTruncatedOrFailed() {
    embed("query: a", "query: a", "passage: text", "bad", "bad", "bad", "plain");
    assertThat(counts)
        .containsEntry(Counter.DUPLICATES, 3L)
        .containsEntry(Counter.PREFIXED, 3L)
        .containsEntry(Counter.TRUNCATED, 1L)
        .containsEntry(Counter.FAILED, 3L);
  }

  @Test
  void listenerHearsTheEmbedderToo() {
    embed("a", "a", "b");
    assertThat(counts).containsEntry(Counter.TEXTS, 2L);
  }
}
