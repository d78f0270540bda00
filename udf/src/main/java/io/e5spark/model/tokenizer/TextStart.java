package io.e5spark.model.tokenizer;

/**
 * The beginning of a text, cut at a place where the following text changes little of what precedes
 * it.
 */
public final class TextStart {
  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final int NEXT_LINE = 0x85;

  private TextStart() {}

  /**
   * At most so many characters of a longer text. Marks stay with the character that they belong to,
   * however many there are, because cleaning may reorder them. Spaces go with what follows, because
   * an added token may absorb all spaces before it.
   *
   * @param length less than that of the text
   */
  public static String of(String text, int length) {
    int end = length;
    while (end > 0 && (isInside(text, end) || isBlank(text.charAt(end - 1)))) {
      end--;
    }
    return text.substring(0, end);
  }

  private static boolean isInside(String text, int end) {
    int next = text.codePointAt(end);
    return isMark(next)
        || next == ZERO_WIDTH_JOINER
        || Character.isSurrogatePair(text.charAt(end - 1), text.charAt(end));
  }

  private static boolean isMark(int character) {
    return switch (Character.getType(character)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          true;
      default -> false;
    };
  }

  private static boolean isBlank(char character) {
    return Character.isWhitespace(character)
        || Character.isSpaceChar(character)
        || character == NEXT_LINE;
  }
}
