package io.e5spark.chunk;

import java.util.List;
import java.util.Locale;

/** Cuts texts into chunks that a model reads whole. */
public final class Chunker {
  /** A title takes at most this fraction of the room for text: one part in so many. */
  private static final int TITLE_SHARE = 2;

  /** The fewest tokens that must remain for text beside the prompt and the special tokens. */
  private static final int LEAST_ROOM = 16;

  private final TokenCounter counter;
  private final String prompt;
  private final Chunking chunking;
  private final int room;

  /**
   * Cuts texts that are embedded behind one prompt.
   *
   * @throws IllegalArgumentException if the prompt and the special tokens leave too little of the
   *     budget
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
   * The chunks of a text, in order; none if the text is empty or only white space.
   *
   * <p>Near the end of the budget, each chunk ends at the strongest boundary: a paragraph, a
   * sentence, a clause or a word. A word is cut, between two characters, only if it exceeds the
   * budget on its own. Every character that is not white space is in a chunk. The time grows
   * linearly with the text.
   *
   * @param title goes in front of each chunk, with a space; only its beginning does if it needs
   *     more than half of the budget; may be empty
   */
  public List<Chunk> chunks(String title, String text) {
    String head = head(title);
    int budget = chunking.tokens();
    int left = head.isEmpty() ? room : budget - counter.count(prompt + head, "");
    return new ChunkedText(counter, prompt, head, text, budget, left, chunking.overlap()).chunks();
  }

  private String head(String title) {
    if (title.isEmpty()) {
      return "";
    }
    int most = chunking.tokens() - room + room / TITLE_SHARE;
    return new ChunkedText(counter, prompt, "", title, most, room / TITLE_SHARE, 0)
        .chunks().stream().findFirst().map(first -> first.text() + " ").orElse("");
  }
}
