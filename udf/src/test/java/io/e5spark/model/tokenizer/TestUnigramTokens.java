package io.e5spark.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TestUnigramTokens {
  private static UnigramTokens of(String... pieces) {
    Pieces all = new Pieces();
    Arrays.stream(pieces).forEach(all::add);
    return new UnigramTokens(all.sorted());
  }

  /** Returns an opening token, these tokens, a tail that may still change, and a closing token. */
  private static String[] tokens(String... tokens) {
    Stream<String> tail = Stream.generate(() -> "b").limit(SettledTokens.TAIL + 3);
    return Stream.of(Stream.of("<s>"), Arrays.stream(tokens), tail, Stream.of("</s>"))
        .flatMap(part -> part)
        .toArray(String[]::new);
  }

  private static boolean settles(UnigramTokens rule, int kept, String... tokens) {
    return rule.settles(kept, tokens.length, () -> tokens);
  }

  @Test
  void tokensBeforeAPlaceThatNoPieceReachesAcrossAreSettled() {
    UnigramTokens rule = of("a", "aa", "b", "bb");
    assertThat(settles(rule, 3, tokens("aa", "aa"))).isTrue();
    assertThat(settles(rule, 2, tokens("aa", "aa"))).isTrue();
    assertThat(settles(of("a", "aa", "ab", "b", "bb"), 3, tokens("aa", "aa"))).isFalse();
  }

  @Test
  void placesWhereWhatFollowsMayStillChangeDoNotCount() {
    UnigramTokens rule = of("a", "aa", "b", "bb");
    String[] tokens = tokens("aa", "aa");
    assertThat(settles(rule, 3, Arrays.copyOf(tokens, tokens.length - 1))).isTrue();
    assertThat(settles(rule, 3, Arrays.copyOf(tokens, tokens.length - 2))).isFalse();
  }

  @Test
  void placesBeforeTheLastKeptTokenDoNotCount() {
    UnigramTokens rule = of("a", "b", "bb");
    assertThat(settles(rule, 2, tokens("a"))).isTrue();
    assertThat(settles(rule, 3, tokens("a"))).isFalse();
    assertThat(settles(rule, 900, tokens("a"))).isFalse();
  }
}
