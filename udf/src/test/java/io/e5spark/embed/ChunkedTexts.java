package io.e5spark.embed;

import java.util.List;
import java.util.Random;

/** Texts that are hard to cut, with many scripts, marks, white space, and words of all lengths. */
final class ChunkedTexts {
  private static final List<String> PIECES =
      List.of(
          "word",
          "a",
          "supercalifragilistic",
          "don't",
          "well-known",
          "3.50",
          "U.S.",
          "e.g.",
          "Straße",
          "e\u0301te\u0301",
          "привет",
          "हिन्दी",
          "में।",
          "ภาษาไทย",
          "中文没有空格",
          "これは文です。",
          "テスト、",
          "한국어",
          "العربية،",
          "\u05d0\u05d1\u05d2",
          "👨‍👩‍👧‍👦",
          "🇩🇪🇫🇷🇪",
          "👍🏽",
          "😀",
          "\ud83d",
          "\ude00",
          "\u0600",
          "\ufdfa",
          "\u200b",
          "\u200d",
          "\u0301",
          "\ufeff",
          "\0",
          "[MASK]",
          "<s>",
          "km\u00a0h",
          "5\u00a0km",
          "https://a.b/c?d=e&f=g#h",
          "foo_bar.baz(qux)",
          "#",
          "##",
          "—",
          "…",
          "\"Why?\"",
          "(so)",
          "one, two;",
          "End.",
          "End!",
          "。",
          "、",
          "x".repeat(120),
          "ab".repeat(70),
          "漢".repeat(60),
          "ひらがな".repeat(20),
          "e\u0301\u0302".repeat(40),
          "a" + "\u0301".repeat(90),
          "😀".repeat(50));
  private static final List<String> BLANKS =
      List.of(
          " ",
          " ",
          " ",
          " ",
          "",
          "",
          "  ",
          "\n",
          "\n\n",
          "\r\n",
          "\r\n\r\n",
          "\t",
          "\u00a0",
          "\u0085",
          "\u2028",
          "\u2029",
          "\u3000",
          " \u0301",
          "\r",
          " ".repeat(40));

  private ChunkedTexts() {}

  /** Returns a text of at most this many pieces. */
  static String next(Random random, int most) {
    StringBuilder text = new StringBuilder();
    boolean mixed = random.nextInt(3) > 0;
    String usual = one(PIECES, random);
    for (int left = random.nextInt(most + 1); left > 0; left--) {
      text.append(mixed || random.nextInt(9) == 0 ? one(PIECES, random) : usual);
      text.append(one(BLANKS, random));
    }
    return text.toString();
  }

  private static String one(List<String> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }
}
