package io.e5spark.chunk;

import java.util.stream.IntStream;

/** Counts each character as a token, without special tokens. */
public record CharacterTokens() implements TokenCounter {
  @Override
  public int count(String head, String text) {
    return head.codePointCount(0, head.length()) + text.codePointCount(0, text.length());
  }

  @Override
  public int[] starts(String text) {
    return IntStream.range(0, text.codePointCount(0, text.length())).toArray();
  }
}
