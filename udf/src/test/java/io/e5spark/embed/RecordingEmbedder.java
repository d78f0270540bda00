package io.e5spark.embed;

import io.e5spark.chunk.CharacterTokens;
import io.e5spark.chunk.Chunk;
import io.e5spark.chunk.Chunker;
import io.e5spark.chunk.Chunking;
import io.e5spark.config.InputType;
import io.e5spark.config.OnError;
import java.util.ArrayList;
import java.util.List;

/**
 * An embedder without a model. It makes a vector from the length of a text, and records its calls.
 */
final class RecordingEmbedder implements TextEmbedder {
  final List<List<String>> calls = new ArrayList<>();

  @Override
  public List<Embedding> embed(
      List<String> texts, InputType type, OnError onError, EmbeddingListener listener) {
    calls.add(List.copyOf(texts));
    listener.count(Counter.TEXTS, texts.size());
    return texts.stream().map(RecordingEmbedder::embedding).toList();
  }

  private static Embedding embedding(String text) {
    return text.startsWith("bad")
        ? Embedding.failed("Cannot embed " + text)
        : Embedding.of(new float[] {text.length()}, text.length(), text.length() > 10);
  }

  @Override
  public int countTokens(String text, InputType type) {
    return text.length();
  }

  @Override
  public void close() {}

  @Override
  public List<Chunk> chunks(Chunking chunking, InputType type, String title, String text) {
    return new Chunker(new CharacterTokens(), "", chunking).chunks(title, text);
  }

  @Override
  public int dimension() {
    return 1;
  }
}
