package io.e5spark.vector;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a vector lies in one binary value, component after component. The value does not say which
 * form it has; its length does if the dimension is known, because each form takes another number of
 * bytes.
 */
public enum BinaryForm {
  /** Floats of 32 bits, little-endian. */
  PACKED(Float.SIZE) {
    @Override
    float[] components(byte[] vector) {
      float[] floats = new float[vector.length / Float.BYTES];
      ordered(vector).asFloatBuffer().get(floats);
      return floats;
    }

    @Override
    public byte[] bytes(float[] vector) {
      byte[] bytes = new byte[Math.multiplyExact(Float.BYTES, vector.length)];
      ordered(bytes).asFloatBuffer().put(vector);
      return bytes;
    }
  },
  /** Floats of 16 bits (IEEE 754 binary16), little-endian. */
  HALF(Short.SIZE) {
    @Override
    float[] components(byte[] vector) {
      float[] floats = new float[vector.length / Short.BYTES];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = HalfFloat.at(vector, i);
      }
      return floats;
    }

    @Override
    public byte[] bytes(float[] vector) {
      byte[] bytes = new byte[Math.multiplyExact(Short.BYTES, vector.length)];
      ByteBuffer buffer = ordered(bytes);
      for (float component : vector) {
        buffer.putShort(HalfFloat.of(component));
      }
      return bytes;
    }
  },
  /**
   * One bit per component, the lowest first, which is set if the component is not negative; ± 1 /
   * √dimension.
   */
  BINARY(1) {
    @Override
    float[] components(byte[] vector) {
      float[] floats = new float[VectorEncoding.dimensionOfSigns(vector)];
      float positive = VectorEncoding.signComponent(floats.length);
      for (int i = 0; i < floats.length; i++) {
        floats[i] = VectorEncoding.isSet(vector, i) ? positive : -positive;
      }
      return floats;
    }

    @Override
    public byte[] bytes(float[] vector) {
      if (vector.length % Byte.SIZE != 0) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "Cannot pack the signs of a vector: its dimension %d is not a multiple of 8",
                vector.length));
      }
      byte[] bits = new byte[vector.length / Byte.SIZE];
      for (int i = 0; i < vector.length; i++) {
        if (Float.isNaN(vector[i])) {
          throw new IllegalArgumentException(
              "Cannot pack the signs of a vector: a component is NaN (must be a number)");
        }
        if (vector[i] >= 0) {
          VectorEncoding.set(bits, i);
        }
      }
      return bits;
    }
  };

  /** The key of a column's metadata that says which form its values have. */
  public static final String METADATA = "e5.vector-type";

  private final int bits;

  BinaryForm(int bits) {
    this.bits = bits;
  }

  private static ByteBuffer ordered(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The form with this name in SQL; null if there is none. */
  public static @Nullable BinaryForm named(String label) {
    return Arrays.stream(values())
        .filter(form -> form.label().equals(label))
        .findFirst()
        .orElse(null);
  }

  /** The form in which vectors of a dimension take so many bytes; null if there is none. */
  public static @Nullable BinaryForm of(int bytes, int dimension) {
    if (PACKED.fits(bytes, dimension)) {
      return PACKED;
    }
    if (HALF.fits(bytes, dimension)) {
      return HALF;
    }
    return BINARY.fits(bytes, dimension) ? BINARY : null;
  }

  private boolean fits(int bytes, int dimension) {
    return (long) bytes * Byte.SIZE == (long) dimension * bits;
  }

  /** The name in SQL and on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The bits of a component. */
  public int bits() {
    return bits;
  }

  /** Whether so many bytes hold whole components. */
  public boolean divides(int bytes) {
    return (long) bytes * Byte.SIZE % bits == 0;
  }

  /**
   * The dimension of a vector in so many bytes.
   *
   * @throws IllegalArgumentException if they do not hold whole components
   */
  public int dimension(int bytes) {
    if (!divides(bytes)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot unpack a vector: its number of bytes, %d, is not a multiple of %d",
              bytes,
              bits / Byte.SIZE));
    }
    return Math.toIntExact((long) bytes * Byte.SIZE / bits);
  }

  /**
   * The components of a vector.
   *
   * @throws IllegalArgumentException if its bytes do not hold whole components
   */
  public float[] floats(byte[] vector) {
    dimension(vector.length);
    return components(vector);
  }

  abstract float[] components(byte[] vector);

  /**
   * A vector in this form.
   *
   * @throws IllegalArgumentException if this form cannot hold it
   */
  public abstract byte[] bytes(float[] vector);

  /** The norm of a vector; NaN if its bytes do not hold whole components. */
  public double norm(byte[] vector) {
    if (!divides(vector.length)) {
      return Double.NaN;
    }
    double squares = 0;
    for (float component : components(vector)) {
      squares += (double) component * component;
    }
    return Math.sqrt(squares);
  }
}
