package io.e5spark.sql.catalyst;

import io.e5spark.chunk.CharacterTokens;
import io.e5spark.chunk.Chunk;
import io.e5spark.chunk.Chunker;
import io.e5spark.chunk.Chunking;
import io.e5spark.cluster.Models;
import io.e5spark.config.InputType;
import io.e5spark.config.OnError;
import io.e5spark.config.Settings;
import io.e5spark.embed.EmbedderPlan;
import io.e5spark.embed.Embedding;
import io.e5spark.embed.EmbeddingListener;
import io.e5spark.embed.TextEmbedder;
import io.e5spark.model.EmbeddingException;
import io.e5spark.model.GraphSignature;
import io.e5spark.model.ModelCard;
import io.e5spark.model.ModelIdentity;
import java.util.List;

/** A model whose vectors are [characters of the text, characters of the input type]. */
public final class LengthModel implements TextEmbedder {
  private static final String BAD = "bad";

  private LengthModel() {}

  /** Registers the model under these settings. */
  public static void install(Settings settings) {
    GraphSignature signature =
        new GraphSignature(List.of("input_ids", "attention_mask"), "sentence_embedding", true, 2);
    String model = settings.loading().model();
    Models.put(
        new EmbedderPlan(
            settings, new ModelIdentity(model, model, model, 0, signature, ModelCard.E5)),
        new LengthModel());
  }

  @Override
  public List<Embedding> embed(
      List<String> texts, InputType type, OnError onError, EmbeddingListener listener) {
    return texts.stream().map(text -> embedding(text, type, onError)).toList();
  }

  private static Embedding embedding(String text, InputType type, OnError onError) {
    if (!text.equals(BAD)) {
      float[] vector = {text.length(), type.label().length()};
      return Embedding.of(vector, text.length(), false);
    }
    if (onError == OnError.FAIL) {
      throw new EmbeddingException("Cannot embed bad");
    }
    return Embedding.failed("Cannot embed bad");
  }

  @Override
  public int countTokens(String text, InputType type) {
    return text.length() + type.label().length();
  }

  @Override
  public List<Chunk> chunks(Chunking chunking, InputType type, String title, String text) {
    return new Chunker(new CharacterTokens(), type.label(), chunking).chunks(title, text);
  }

  @Override
  public int dimension() {
    return 2;
  }

  @Override
  public void close() {}
}
