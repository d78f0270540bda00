package io.e5spark.chunk;

import java.io.Serializable;
import java.util.Locale;

/**
 * How texts are cut into chunks.
 *
 * @param tokens the budget of a chunk: its most tokens, including the prompt and the special tokens
 * @param overlap the most tokens that a chunk repeats from the one before
 */
public record Chunking(int tokens, int overlap) implements Serializable {
  /** The default number of tokens per chunk. */
  public static final int USUAL_TOKENS = 256;

  /** The smallest budget. */
  public static final int FEWEST_TOKENS = 32;

  /** The largest budget, since no model reads longer texts. */
  public static final int MOST_TOKENS = 512;

  private static final int USUAL_OVERLAPS_PER_CHUNK = 8;

  public Chunking {
    require("chunk-tokens", tokens, FEWEST_TOKENS, MOST_TOKENS);
    require("chunk-overlap", overlap, 0, tokens / 2);
  }

  /** Chunks of so many tokens that overlap by an eighth of them. */
  public static Chunking of(int tokens) {
    return new Chunking(tokens, Math.max(0, tokens / USUAL_OVERLAPS_PER_CHUNK));
  }

  /**
   * Checks that a model reads these chunks whole.
   *
   * @param longest the longest input of the model in tokens
   * @throws IllegalArgumentException if it does not
   */
  public void requireWithin(int longest) {
    if (longest < FEWEST_TOKENS) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Invalid max-tokens: %d (must be at least %d for chunks)",
              longest,
              FEWEST_TOKENS));
    }
    require("chunk-tokens", tokens, FEWEST_TOKENS, longest);
  }

  private static void require(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "Invalid %s: %d (must be from %d to %d)", name, value, least, most));
    }
  }
}
