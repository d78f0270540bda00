package io.e5spark.model.tokenizer;

import java.util.function.Supplier;

/**
 * When the first tokens of a text's beginning are those of the whole text, whatever follows.
 *
 * <p>A tokenizer cleans a text, cuts it into words, and divides each word into tokens. Cleaning and
 * cutting look at most {@link #TAIL} characters ahead, so that what follows a beginning changes no
 * more than its end. How far a word's division looks ahead is the model's.
 */
public interface SettledTokens {
  /**
   * Characters, after cleaning, that what follows may change: a character cluster that is cleaned
   * as one, or part of an added token such as {@code <mask>}. Far more than either has.
   */
  int TAIL = 128;

  /**
   * About as many characters as it takes.
   *
   * @param kept number of tokens
   */
  long characters(int kept);

  /**
   * Whether the first tokens are settled, and at least one more follows.
   *
   * @param kept number of first tokens, the opening one included
   * @param count number of all tokens of the beginning, the closing one included
   * @param tokens what each stands for
   */
  boolean settles(int kept, int count, Supplier<String[]> tokens);
}
