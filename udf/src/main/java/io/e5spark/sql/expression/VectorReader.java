package io.e5spark.sql.expression;

import io.e5spark.vector.BinaryForm;
import io.e5spark.vector.VectorEncoding;
import java.io.Serializable;
import java.util.Locale;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * Reads stored vectors as floats, in whatever form they are stored; all searches read them here.
 * Whole numbers and signs become components of the vector that they represent.
 */
public final class VectorReader implements Serializable {
  private final DataType type;
  private final VectorForm form;
  private final int dimension;

  private VectorReader(DataType type, VectorForm form, int dimension) {
    this.type = type;
    this.form = form;
    this.dimension = dimension;
  }

  /**
   * The reader of a column of this type.
   *
   * @param dimension the dimension of the vectors; 0 if it is not known
   * @throws IllegalArgumentException if the column does not hold vectors
   */
  public static VectorReader of(DataType type, int dimension) {
    VectorForm form = VectorForm.of(type);
    if (form == null || type.equals(DataTypes.NullType)) {
      throw new IllegalArgumentException(
          "Cannot read vectors of type %s (must be array<float>, array<tinyint> or binary)"
              .formatted(type.sql()));
    }
    return new VectorReader(type, form, dimension);
  }

  /** The vector of a row; null if it is null or has a null element. */
  public float @Nullable [] read(InternalRow row, int ordinal) {
    if (row.isNullAt(ordinal)) {
      return null;
    }
    return read(row.get(ordinal, type));
  }

  /** The vector of a value that is not null. */
  public float @Nullable [] read(Object value) {
    if (value instanceof ArrayData array && DotProduct.hasNull(array)) {
      return null;
    }
    if (value instanceof byte[] binary) {
      return binaryForm(binary.length).floats(binary);
    }
    float[] floats = form.toFloats(value);
    return form == VectorForm.BYTES ? scaled(floats) : floats;
  }

  private BinaryForm binaryForm(int bytes) {
    if (dimension == 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot read a vector of %d bytes: its table does not state the dimension (unpack it, for example with e5_unpack(vector, 'packed'))",
              bytes));
    }
    BinaryForm found = BinaryForm.of(bytes, dimension);
    if (found == null) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot read a vector of %d bytes: its dimension is not %d",
              bytes,
              dimension));
    }
    return found;
  }

  private static float[] scaled(float[] whole) {
    float scale = (float) VectorEncoding.int8Scale(whole.length);
    for (int i = 0; i < whole.length; i++) {
      whole[i] *= scale;
    }
    return whole;
  }
}
