package io.e5spark.chunk;

import java.util.List;

/**
 * A place between two words, by what ends there. The later the constant, the better a chunk ends
 * there.
 */
enum Boundary {
  /** A word ends, without white space after it, where lines may be broken. */
  PART(0),
  /** A word ends, with white space after it. */
  WORD(0.75),
  /** A clause or a line ends. */
  CLAUSE(0.75),
  /** A sentence ends. */
  SENTENCE(0.625),
  /** A paragraph ends. */
  PARAGRAPH(0.5);

  static final List<Boundary> BEST_FIRST = List.of(PARAGRAPH, SENTENCE, CLAUSE, WORD, PART);

  private final double reach;

  Boundary(double reach) {
    this.reach = reach;
  }

  /**
   * The share of a budget that must be filled before a chunk ends here although another word fits.
   */
  double reach() {
    return reach;
  }
}
