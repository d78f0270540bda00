package io.e5spark.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.config.Truncation;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TestTokenCounts {
  private static TokenCounts counts(Truncation truncation, int... tokens) {
    return TokenCounts.of(tokens, 512, truncation);
  }

  @Test
  void percentilesAreOfTextsNotInterpolated() {
    TokenCounts hundred = counts(Truncation.CUT, IntStream.rangeClosed(1, 100).toArray());
    assertThat(hundred.median()).isEqualTo(50);
    assertThat(hundred.percentile95()).isEqualTo(95);
    assertThat(hundred.longest()).isEqualTo(100);
    TokenCounts two = counts(Truncation.CUT, 9, 3);
    assertThat(List.of(two.median(), two.percentile95(), two.longest())).containsExactly(3, 9, 9);
  }

  @Test
  void meanIsOfWhatTheModelIsGiven() {
    assertThat(counts(Truncation.CUT, 100, 712).mean()).isEqualTo((100 + 512) / 2.0);
    assertThat(counts(Truncation.FAIL, 100, 712).mean()).isEqualTo(50);
    assertThat(counts(Truncation.WINDOW, 100, 700).mean()).isEqualTo((100 + 800) / 2.0);
    assertThat(counts(Truncation.CUT, 512, 513).truncated()).isEqualTo(1);
  }

  @Test
  void eachBarReachesTwiceAsFar() {
    assertThat(counts(Truncation.CUT, 1, 16, 17, 33, 65).histogram())
        .containsExactly(
            new TokenCounts.Bar(1, 16, 2),
            new TokenCounts.Bar(17, 32, 1),
            new TokenCounts.Bar(33, 64, 1),
            new TokenCounts.Bar(65, 128, 1));
  }

  @Test
  void chartIsInProportion() {
    assertThat(counts(Truncation.CUT, 1, 2, 20).chart().lines())
        .containsExactly(
            "      1 to 16              2 " + "█".repeat(40),
            "     17 to 32              1 " + "█".repeat(20));
  }

  @Test
  void longestTextOfAllHasABar() {
    TokenCounts.Bar last = counts(Truncation.CUT, Integer.MAX_VALUE).histogram().get(27);
    assertThat(last.texts()).isEqualTo(1);
    assertThat(last.to()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void noTextsHaveNoTokens() {
    TokenCounts none = counts(Truncation.CUT);
    assertThat(none.mean()).isZero();
    assertThat(none.longest()).isZero();
    assertThat(none.chart()).isEmpty();
  }
}
