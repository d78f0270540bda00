package io.e5spark.embed;

import io.e5spark.config.Device;
import io.e5spark.config.Settings;

/**
 * How large a batch may be.
 *
 * @param tokens the largest product of longest text and number of texts, padding included; a longer
 *     text forms a batch alone
 * @param multiple the number of tokens per text is rounded up to a multiple of this
 * @param longest the most tokens of a text, which rounding does not exceed
 * @param call what a batch costs besides its tokens, expressed in tokens
 */
record TokenBudget(int tokens, int multiple, int longest, int call) {
  /** The budget of the settings, or the default of the device if they name none. */
  static TokenBudget of(Settings settings, Device device) {
    int named = settings.rows().maxBatchTokens();
    return new TokenBudget(
        named > 0 ? named : device.maxBatchTokens(),
        device.lengthMultiple(),
        settings.vectors().maxTokens(),
        device.callTokens());
  }

  /** This budget, with no more than so many tokens. */
  TokenBudget atMost(int fewer) {
    return new TokenBudget(Math.min(tokens, fewer), multiple, longest, call);
  }

  /** The number of tokens per text in a batch whose longest text has so many. */
  int padded(int tokensOfLongest) {
    int rounded = (tokensOfLongest + multiple - 1) / multiple * multiple;
    return Math.max(tokensOfLongest, Math.min(rounded, longest));
  }
}
