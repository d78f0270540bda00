package io.e5spark.embed;

import io.e5spark.config.InputType;
import io.e5spark.config.OnError;
import io.e5spark.model.Prompts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Embeds the texts of one window: nulls stay null, and equal texts go to the model once. */
public final class WindowEmbedder {
  private final TextEmbedder embedder;
  private final InputType type;
  private final Prompts prompts;
  private final OnError onError;
  private final boolean deduplicate;
  private final EmbeddingListener listener;

  /**
   * Embeds texts of one type.
   *
   * @param prompts the prompts that the embedder puts in front of them
   * @param deduplicate whether equal texts are embedded once
   */
  public WindowEmbedder(
      TextEmbedder embedder,
      InputType type,
      Prompts prompts,
      OnError onError,
      boolean deduplicate,
      EmbeddingListener listener) {
    this.embedder = embedder;
    this.type = type;
    this.prompts = prompts;
    this.onError = onError;
    this.deduplicate = deduplicate;
    this.listener = listener;
  }

  /**
   * One embedding per text, in order; null for null.
   *
   * @param rows the number of rows that the texts come from
   */
  List<@Nullable Embedding> embed(List<@Nullable String> texts, int rows) {
    List<String> distinct = new ArrayList<>();
    int[] positions = positions(texts, distinct);
    List<Embedding> embedded =
        distinct.isEmpty() ? List.of() : embedder.embed(distinct, type, onError, listener);
    List<@Nullable Embedding> embeddings = new ArrayList<>(texts.size());
    for (int position : positions) {
      embeddings.add(position < 0 ? null : embedded.get(position));
    }
    listener.count(Counter.ROWS, rows);
    count(texts, distinct.size(), embeddings);
    return embeddings;
  }

  /** The position of each text in {@code distinct}, which this method fills; -1 for null. */
  private int[] positions(List<@Nullable String> texts, List<String> distinct) {
    Map<String, Integer> seen = new HashMap<>();
    int[] positions = new int[texts.size()];
    for (int i = 0; i < positions.length; i++) {
      String text = texts.get(i);
      if (text == null) {
        positions[i] = -1;
        continue;
      }
      Integer earlier = deduplicate ? seen.putIfAbsent(text, distinct.size()) : null;
      positions[i] = earlier == null ? distinct.size() : earlier;
      if (earlier == null) {
        distinct.add(text);
      }
    }
    return positions;
  }

  private void count(
      List<@Nullable String> texts, int distinct, List<@Nullable Embedding> embeddings) {
    long nulls = texts.stream().filter(text -> text == null).count();
    long prefixed =
        texts.stream().filter(text -> text != null && prompts.areRepeated(type, text)).count();
    long truncated = embeddings.stream().filter(e -> e != null && e.truncated()).count();
    long failed = embeddings.stream().filter(e -> e != null && e.error() != null).count();
    listener.count(Counter.NULLS, nulls);
    listener.count(Counter.DUPLICATES, texts.size() - nulls - distinct);
    listener.count(Counter.PREFIXED, prefixed);
    listener.count(Counter.TRUNCATED, truncated);
    listener.count(Counter.FAILED, failed);
  }
}
