package io.e5spark.chunk;

import java.util.List;

/** A place between two words, by what ends there. The later, the better a chunk ends there. */
enum Boundary {
  /** A word, without white space behind it that lines may be broken at. */
  PART(0),
  /** A word with white space behind it. */
  WORD(0.75),
  /** A clause, or a line. */
  CLAUSE(0.75),
  /** A sentence. */
  SENTENCE(0.625),
  /** A paragraph. */
  PARAGRAPH(0.5);

  static final List<Boundary> BEST_FIRST = List.of(PARAGRAPH, SENTENCE, CLAUSE, WORD, PART);

  private final double reach;

  Boundary(double reach) {
    this.reach = reach;
  }

  /** The part of a budget that must be filled to end here although another word fits. */
  double reach() {
    return reach;
  }
}
