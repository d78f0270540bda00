package io.e5spark.sql;

import io.e5spark.chunk.CharacterTokens;
import io.e5spark.chunk.Chunk;
import io.e5spark.chunk.Chunker;
import io.e5spark.chunk.Chunking;
import io.e5spark.cluster.LiteralCache;
import io.e5spark.cluster.MetricsListener;
import io.e5spark.cluster.Models;
import io.e5spark.config.InputType;
import io.e5spark.config.OnError;
import io.e5spark.config.Settings;
import io.e5spark.embed.Counter;
import io.e5spark.embed.EmbedderPlan;
import io.e5spark.embed.Embedding;
import io.e5spark.embed.EmbeddingListener;
import io.e5spark.embed.TextEmbedder;
import io.e5spark.model.GraphSignature;
import io.e5spark.model.ModelCard;
import io.e5spark.model.ModelIdentity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A model that records the texts that it embeds. Its vectors depend on the text and the input type.
 */
final class RecordingModel implements TextEmbedder {
  /** The sizes of the batches that plan nodes embedded. */
  final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());

  /** The texts of these batches. */
  final List<String> texts = Collections.synchronizedList(new ArrayList<>());

  /** The texts that were embedded one by one, on the driver or in a task. */
  final List<String> single = Collections.synchronizedList(new ArrayList<>());

  /** Registers a new model under these settings. */
  static RecordingModel install(Settings settings, String hash) {
    RecordingModel model = new RecordingModel();
    GraphSignature signature =
        new GraphSignature(List.of("input_ids", "attention_mask"), "sentence_embedding", true, 3);
    ModelIdentity found =
        new ModelIdentity(settings.loading().model(), hash, hash, 0, signature, ModelCard.E5);
    Models.put(new EmbedderPlan(settings, found), model);
    return model;
  }

  private volatile Runnable whenAsked = () -> {};

  /** Sets an action that runs in the middle of every batch. */
  void whenAsked(Runnable action) {
    whenAsked = action;
  }

  void clear() {
    batches.clear();
    texts.clear();
    single.clear();
    LiteralCache.clear();
  }

  int batchedTexts() {
    return batches.stream().mapToInt(Integer::intValue).sum();
  }

  @Override
  public List<Embedding> embed(
      List<String> texts, InputType type, OnError onError, EmbeddingListener listener) {
    listener.beforeBatch();
    if (listener instanceof MetricsListener) {
      batches.add(texts.size());
      this.texts.addAll(texts);
      whenAsked.run();
      listener.count(Counter.TEXTS, texts.size());
    } else {
      single.addAll(texts);
    }
    return texts.stream().map(text -> embedding(text, type, onError)).toList();
  }

  private static Embedding embedding(String text, InputType type, OnError onError) {
    if (text.startsWith("bad")) {
      if (onError == OnError.FAIL) {
        throw new io.e5spark.model.EmbeddingException("Cannot embed " + text);
      }
      return Embedding.failed("Cannot embed " + text);
    }
    float[] vector = {text.length(), text.hashCode() % 1_000 / 1_000f, type.label().length()};
    return Embedding.of(vector, text.length(), text.length() > 100);
  }

  @Override
  public int countTokens(String text, InputType type) {
    return text.length();
  }

  @Override
  public List<Chunk> chunks(Chunking chunking, InputType type, String title, String text) {
    return new Chunker(new CharacterTokens(), "", chunking).chunks(title, text);
  }

  @Override
  public int dimension() {
    return 3;
  }

  @Override
  public void close() {}
}
