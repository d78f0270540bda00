package io.e5spark.model.tokenizer;

import java.util.function.Supplier;

/** No token is settled before the whole text has been seen. */
record WholeTexts() implements SettledTokens {
  @Override
  public long characters(int kept) {
    return Long.MAX_VALUE;
  }

  @Override
  public boolean settles(int kept, int count, Supplier<String[]> tokens) {
    return false;
  }
}
