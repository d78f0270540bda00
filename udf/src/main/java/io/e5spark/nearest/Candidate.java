package io.e5spark.nearest;

import java.nio.ByteBuffer;

/** A row to find or to search for. */
public final class Candidate {
  private final byte[] row;
  private final float[] vector;

  public Candidate(byte[] row, float[] vector) {
    this.row = row;
    this.vector = vector;
  }

  /** A row without a vector, which is kept and finds nothing. */
  public static Candidate withoutVector(byte[] row) {
    return new Candidate(row, new float[0]);
  }

  /** What is kept of the row. */
  public byte[] row() {
    return row;
  }

  /** The vector of the row. */
  public float[] vector() {
    return vector;
  }

  /** Both as one block of bytes, to be sent. */
  byte[] packed() {
    int head = Integer.BYTES + vector.length * Float.BYTES;
    ByteBuffer block = ByteBuffer.allocate(Math.addExact(head, row.length));
    block.putInt(vector.length);
    block.asFloatBuffer().put(vector);
    return block.position(head).put(row).array();
  }

  /** Whether a packed row has a vector. */
  static boolean hasVector(byte[] packed) {
    return ByteBuffer.wrap(packed).getInt() > 0;
  }

  static Candidate unpacked(byte[] packed) {
    ByteBuffer block = ByteBuffer.wrap(packed);
    float[] vector = new float[block.getInt()];
    block.asFloatBuffer().get(vector);
    byte[] row = new byte[block.remaining() - vector.length * Float.BYTES];
    block.position(packed.length - row.length).get(row);
    return new Candidate(row, vector);
  }
}
