package io.e5spark.chunk;

import java.util.List;
import java.util.Locale;

/** Cuts texts into chunks that a model takes whole. */
public final class Chunker {
  /** A title takes at most one part in so many of the room for text. */
  private static final int TITLE_SHARE = 2;

  /** Fewest tokens for text, behind prompt and special tokens. */
  private static final int LEAST_ROOM = 16;

  private final TokenCounter counter;
  private final String prompt;
  private final Chunking chunking;
  private final int room;

  /**
   * For texts that are embedded behind one prompt.
   *
   * @throws IllegalArgumentException if prompt and special tokens leave too little of the budget
   */
  public Chunker(TokenCounter counter, String prompt, Chunking chunking) {
    this.counter = counter;
    this.prompt = prompt;
    this.chunking = chunking;
    int taken = counter.count(prompt, "");
    this.room = chunking.tokens() - taken;
    if (room < LEAST_ROOM) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Invalid chunk-tokens: %d (must be at least %d: the prompt and the special tokens take %d)",
              chunking.tokens(),
              taken + LEAST_ROOM,
              taken));
    }
  }

  /**
   * The chunks of a text, in order; none of a text that is empty or white space alone.
   *
   * <p>Each ends where most ends near the end of the budget: a paragraph, sentence, clause or word.
   * Words are cut, between characters, only where one alone exceeds the budget. Every character
   * that is not white space is in a chunk. The time grows with the text's length.
   *
   * @param title goes in front of each chunk, with a blank; of one that needs more than half of the
   *     budget, the beginning; may be empty
   */
  public List<Chunk> chunks(String title, String text) {
    String head = head(title);
    int budget = chunking.tokens();
    return new ChunkedText(counter, prompt, head, text, budget, chunking.overlap()).chunks();
  }

  private String head(String title) {
    int most = chunking.tokens() - room + room / TITLE_SHARE;
    return new ChunkedText(counter, prompt, "", title, most, 0)
        .chunks().stream().findFirst().map(first -> first.text() + " ").orElse("");
  }
}
