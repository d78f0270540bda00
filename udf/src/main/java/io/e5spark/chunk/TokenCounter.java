package io.e5spark.chunk;

/** The tokens of texts, as one tokenizer makes them. */
public interface TokenCounter {
  /**
   * Number of tokens of {@code head + text}, special tokens included.
   *
   * @param head prompt, and title if there is one
   */
  int count(String head, String text);

  /** Where the tokens of a text begin, ascending, in code points; special tokens have no place. */
  int[] starts(String text);
}
