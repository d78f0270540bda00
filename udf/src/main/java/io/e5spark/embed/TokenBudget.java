package io.e5spark.embed;

import io.e5spark.config.Device;
import io.e5spark.config.Settings;

/**
 * How large a batch may be.
 *
 * @param tokens largest (longest text × number of texts), padding included; a longer text goes
 *     alone
 * @param multiple what the number of tokens per text is rounded up to
 * @param longest most tokens of a text, which rounding does not pass
 */
record TokenBudget(int tokens, int multiple, int longest) {
  /** That of the settings; where they name none, the device's own. */
  static TokenBudget of(Settings settings, Device device) {
    int named = settings.rows().maxBatchTokens();
    return new TokenBudget(
        named > 0 ? named : device.maxBatchTokens(),
        device.lengthMultiple(),
        settings.vectors().maxTokens());
  }

  /** The same, but no more tokens than these. */
  TokenBudget atMost(int fewer) {
    return new TokenBudget(Math.min(tokens, fewer), multiple, longest);
  }

  /** Tokens per text of a batch whose longest text has so many. */
  int padded(int tokensOfLongest) {
    int rounded = (tokensOfLongest + multiple - 1) / multiple * multiple;
    return Math.max(tokensOfLongest, Math.min(rounded, longest));
  }
}
