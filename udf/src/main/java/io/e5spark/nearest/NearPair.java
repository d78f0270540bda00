package io.e5spark.nearest;

/** Two rows that are near each other. */
public final class NearPair {
  private final byte[] first;
  private final byte[] second;
  private final float score;

  public NearPair(byte[] first, byte[] second, float score) {
    this.first = first;
    this.second = second;
    this.score = score;
  }

  /** What was kept of the row that ranks first. */
  public byte[] first() {
    return first;
  }

  /** What was kept of the other row. */
  public byte[] second() {
    return second;
  }

  /** The dot product. */
  public float score() {
    return score;
  }
}
