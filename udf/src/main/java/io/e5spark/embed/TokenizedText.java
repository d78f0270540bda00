package io.e5spark.embed;

/** The token ids of one text, including the special tokens. */
public final class TokenizedText {
  private final int[] ids;
  private final boolean truncated;

  TokenizedText(int[] ids, boolean truncated) {
    this.ids = ids;
    this.truncated = truncated;
  }

  /** The ids, {@code [tokens]}. Not a copy. */
  public int[] ids() {
    return ids;
  }

  public int length() {
    return ids.length;
  }

  /** Whether the text had more tokens than the longest input. */
  boolean truncated() {
    return truncated;
  }
}
