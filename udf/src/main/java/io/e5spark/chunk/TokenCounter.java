package io.e5spark.chunk;

/** The tokens of texts, as one tokenizer makes them. */
public interface TokenCounter {
  /**
   * The number of tokens of {@code head + text}, including the special tokens.
   *
   * @param head the prompt, followed by the title if there is one
   */
  int count(String head, String text);

  /**
   * The places where the tokens of a text begin, ascending, in code points; special tokens have no
   * place.
   */
  int[] starts(String text);
}
