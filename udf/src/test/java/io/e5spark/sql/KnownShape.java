package io.e5spark.sql;

import java.util.EnumSet;
import java.util.Set;

/** Shapes of queries that embed more than they must, or row by row. */
enum KnownShape {
  /** {@code WHERE call … SELECT call} above a join or a sort. */
  FILTERED_AND_SELECTED_ABOVE_JOIN,
  /** A call of the left side among the conditions of a left join. */
  CONDITION_ON_PAIRS,
  /** A value of a subquery beside rows that turn out to be none while the query runs. */
  SUBQUERY_FOR_NO_ROWS,
  /** A repartition between a call and a condition on it. */
  REPARTITIONED,
  /** {@code rand() < x AND call}. */
  CHANCE_BEFORE_CALL,
  /**
   * Conditions with calls before a call that stands elsewhere too: where each of two calls is
   * reached under a condition on the other, both are evaluated row by row.
   */
  CONDITIONS_IN_A_CIRCLE;

  private static final Set<KnownShape> LEFT_OUT = EnumSet.allOf(KnownShape.class);

  /** Whether random queries have this shape. */
  boolean isMade() {
    return !LEFT_OUT.contains(this);
  }
}
