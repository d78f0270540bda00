package io.e5spark.nearest;

/** A row that was found for a query, or a query for which none was found. */
public final class Neighbour {
  private final byte[] query;
  private final byte[] row;
  private final float score;
  private final int rank;

  public Neighbour(byte[] query, byte[] row, float score, int rank) {
    this.query = query;
    this.row = row;
    this.score = score;
    this.rank = rank;
  }

  /** A query for which nothing was found. */
  static Neighbour none(byte[] query) {
    return new Neighbour(query, new byte[0], Float.NaN, 0);
  }

  /** Whether there is a row, and with it a score and a rank. */
  public boolean isFound() {
    return rank > 0;
  }

  /** What was kept of the row of the query. */
  public byte[] query() {
    return query;
  }

  /** What was kept of the row that was found. */
  public byte[] row() {
    return row;
  }

  /** The dot product. */
  public float score() {
    return score;
  }

  /** The rank, from 1. */
  public int rank() {
    return rank;
  }
}
