package io.e5spark.nearest;

/** A row that was found. */
public final class Scored {
  private final byte[] row;
  private final float score;

  public Scored(byte[] row, float score) {
    this.row = row;
    this.score = score;
  }

  /** What was kept of the row. */
  public byte[] row() {
    return row;
  }

  /** The dot product, which is never NaN. */
  public float score() {
    return score;
  }
}
