package io.e5spark.embed;

import io.e5spark.chunk.Chunk;
import io.e5spark.chunk.Chunker;
import io.e5spark.chunk.Chunking;
import io.e5spark.chunk.TokenCounter;
import io.e5spark.config.InputType;
import io.e5spark.model.Prompts;
import java.util.List;

/** The tokens of texts behind the prompts of a model, without the model. */
record PromptedTokens(TextTokenizer tokenizer, Prompts prompts) implements TokenCounter {
  /** The number of tokens of a text before truncation. */
  int count(InputType type, String text) {
    return tokenizer.count(prompts.of(type), text);
  }

  /** A text in chunks of at most so many tokens. */
  List<Chunk> chunks(Chunking chunking, InputType type, String title, String text) {
    return new Chunker(this, prompts.of(type), chunking).chunks(title, text);
  }

  @Override
  public int count(String head, String text) {
    return tokenizer.count(head, text);
  }

  @Override
  public int[] starts(String text) {
    return tokenizer.starts(text);
  }
}
