package io.e5spark.model.tokenizer;

import java.util.function.Supplier;

/**
 * Decides when the first tokens of the beginning of a text are those of the whole text, whatever
 * follows.
 *
 * <p>A tokenizer cleans a text, cuts it into words, and divides each word into tokens. Cleaning and
 * cutting look at most {@link #TAIL} characters ahead, so what follows a beginning changes no more
 * than its end. How far the division of a word looks ahead depends on the model.
 */
public interface SettledTokens {
  /**
   * The characters, after cleaning, that the following text may change: a cluster that is cleaned
   * as one, or part of an added token such as {@code <mask>}. This is far more than either has.
   */
  int TAIL = 128;

  /**
   * An estimate of the characters that are needed.
   *
   * @param kept the number of tokens
   */
  long characters(int kept);

  /**
   * Whether the first tokens are settled, and at least one more follows.
   *
   * @param kept the number of first tokens, including the opening one
   * @param count the number of all tokens of the beginning, including the closing one
   * @param tokens what each of them stands for
   */
  boolean settles(int kept, int count, Supplier<String[]> tokens);
}
